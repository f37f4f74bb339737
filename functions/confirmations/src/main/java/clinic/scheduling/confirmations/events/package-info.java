/** What comes back: reports of SES and answers of patients, and what an answer means. */
@NullMarked
package clinic.scheduling.confirmations.events;

import org.jspecify.annotations.NullMarked;
