/** Reads the deployment template, the single source of functions, routes, queues and tables. */
@NullMarked
package clinic.scheduling.local.template;

import org.jspecify.annotations.NullMarked;
