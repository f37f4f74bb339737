/** Makes the meetings in Outlook and Google block time in Canvas. */
@NullMarked
package clinic.scheduling.mirror;

import org.jspecify.annotations.NullMarked;
