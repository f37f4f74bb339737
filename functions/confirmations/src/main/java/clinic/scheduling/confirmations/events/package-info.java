/** Reads the reports of SES and the answers of patients, and decides what an answer means. */
@NullMarked
package clinic.scheduling.confirmations.events;

import org.jspecify.annotations.NullMarked;
