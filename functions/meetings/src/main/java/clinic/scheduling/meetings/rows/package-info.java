/** What the table keeps of meetings and blocks. */
@NullMarked
package clinic.scheduling.meetings.rows;

import org.jspecify.annotations.NullMarked;
