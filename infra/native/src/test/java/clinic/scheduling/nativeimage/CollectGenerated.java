package clinic.scheduling.nativeimage;

import io.quarkus.builder.BuildResult;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Runs at the end of a Quarkus build, in that build's class loader, and hands out the files that
 * the build generated.
 */
public final class CollectGenerated implements BiConsumer<Object, BuildResult> {
  @Override
  @SuppressWarnings("unchecked")
  public void accept(Object files, BuildResult result) {
    for (var file : result.consumeMulti(GeneratedResourceBuildItem.class)) {
      ((Map<String, byte[]>) files).put(file.getName(), file.getData());
    }
  }
}
