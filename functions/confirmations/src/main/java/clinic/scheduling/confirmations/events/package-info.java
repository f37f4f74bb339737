/** Reports of SES and answers of patients: parsing them, and deciding what an answer means. */
@NullMarked
package clinic.scheduling.confirmations.events;

import org.jspecify.annotations.NullMarked;
