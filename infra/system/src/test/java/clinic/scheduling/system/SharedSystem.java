package clinic.scheduling.system;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one system for the outermost class and hands it to all classes in it. It stops the system
 * after the last of these classes. If a process or a port is left then, or a patient's data was
 * found anywhere, the outermost class fails.
 */
final class SharedSystem implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final Namespace OURS = Namespace.create(SharedSystem.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (isOutermost(context)) {
      Path target = Path.of("target", context.getRequiredTestClass().getSimpleName());
      context.getStore(OURS).put(RunningSystem.class, RunningSystem.start(target));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (isOutermost(context)) {
      try (RunningSystem system =
          context.getStore(OURS).remove(RunningSystem.class, RunningSystem.class)) {
        if (system != null) {
          NothingIsTold.by(system);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningSystem.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(OURS).get(RunningSystem.class, RunningSystem.class);
  }

  private static boolean isOutermost(ExtensionContext context) {
    return context.getRequiredTestClass().getEnclosingClass() == null;
  }
}
