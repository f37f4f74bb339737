package clinic.scheduling.core.wiring;

/** The entry class of a function. {@link StartFunction} creates it, and all that it needs. */
public interface LambdaFunction {}
