package clinic.scheduling.core.wiring;

/** What is created at the start, with all that it needs ({@link SetUp}). */
public interface LambdaFunction {}
