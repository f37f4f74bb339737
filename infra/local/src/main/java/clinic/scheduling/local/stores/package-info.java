/** SQS and DynamoDB inside this process. */
@NullMarked
package clinic.scheduling.local.stores;

import org.jspecify.annotations.NullMarked;
