/** Outlook through Microsoft Graph v1.0: mailboxes with events, and the token endpoint. */
@NullMarked
package clinic.scheduling.sandbox.graph;

import org.jspecify.annotations.NullMarked;
