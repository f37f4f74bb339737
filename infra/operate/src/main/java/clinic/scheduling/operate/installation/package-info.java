/** Reaches the queues, the table, the logs and the functions of one installation. */
@NullMarked
package clinic.scheduling.operate.installation;

import org.jspecify.annotations.NullMarked;
