/** Change notifications of Microsoft Graph: subscriptions, and the notices that they send. */
@NullMarked
package clinic.scheduling.sandbox.graph.subscriptions;

import org.jspecify.annotations.NullMarked;
