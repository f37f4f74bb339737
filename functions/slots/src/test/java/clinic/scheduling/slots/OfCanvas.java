package clinic.scheduling.slots;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the clock of the stand-in for Canvas. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface OfCanvas {}
