package clinic.scheduling.nativeimage;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Our compiled classes in one function together with AWS's event classes, and the types among them
 * that are read by reflection.
 */
final class OwnCode {
  private static final String CLASS = ".class";
  private static final Pattern TYPES = Pattern.compile("L([\\w/$]+)[;<]");
  private static final Pattern QUEUE = Pattern.compile("L[\\w/]*/(?:Sqs)?Queue<\\+?L([\\w/$]+);>;");

  /**
   * Jackson and JAX-RS methods that get a class or an object and read its members by reflection.
   */
  private static final Map<String, Set<String>> BINDERS =
      Map.of(
          "com/fasterxml/jackson/databind/ObjectMapper",
          Set.of("readValue", "readerFor", "treeToValue", "convertValue", "writerFor"),
          "com/fasterxml/jackson/databind/ObjectReader",
          Set.of("readValue", "forType", "treeToValue"),
          "jakarta/ws/rs/core/Response",
          Set.of("readEntity"));

  private static final Set<String> REFLECTION =
      Set.of(
          "java/lang/Class.forName",
          "java/lang/ClassLoader.loadClass",
          "java/util/ServiceLoader.load",
          "java/util/ResourceBundle.getBundle",
          "java/lang/reflect/Proxy.newProxyInstance",
          "java/lang/reflect/Method.invoke",
          "java/lang/reflect/Constructor.newInstance",
          "java/lang/invoke/MethodHandles$Lookup.findVirtual");

  private final Map<String, ClassNode> classes = new TreeMap<>();

  static OwnCode of(NativeBuild build) {
    OwnCode code = new OwnCode();
    for (Part part : build.parts()) {
      if (part.ours() || part.artifact().equals("aws-lambda-java-events")) {
        part.files(name -> name.endsWith(CLASS)).values().forEach(code::add);
      }
    }
    return code;
  }

  void add(byte[] bytes) {
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG);
    classes.put(node.name, node);
  }

  /**
   * The binary names of the types that Jackson reads or writes, and of the types of their parts.
   * Quarkus or Jackson already knows all other types in a signature.
   */
  Set<String> boundTypes() {
    Set<String> found = new HashSet<>();
    for (ClassNode node : classes.values()) {
      boolean restClient =
          isAnnotated(
              node.visibleAnnotations, "microprofile/rest/client/inject/RegisterRestClient");
      for (MethodNode method : node.methods) {
        if (restClient || isAnnotated(method.visibleAnnotations, "io/quarkus/funqy/Funq")) {
          found.addAll(typesIn(method.signature == null ? method.desc : method.signature));
        }
        found.addAll(givenToBinders(method));
        found.addAll(queued(method.signature));
      }
    }
    return withParts(found);
  }

  /** Calls that find a class, a file or a service by its name, with the place of each call. */
  Set<String> reflectiveCalls() {
    Set<String> found = new TreeSet<>();
    for (ClassNode node : classes.values()) {
      for (MethodNode method : node.methods) {
        for (AbstractInsnNode step : method.instructions) {
          if (step instanceof MethodInsnNode call
              && REFLECTION.contains(call.owner + "." + call.name)) {
            found.add(node.name + " calls " + call.owner + "." + call.name);
          }
        }
      }
    }
    return found;
  }

  private Set<String> givenToBinders(MethodNode method) {
    Set<String> literals = new HashSet<>();
    boolean binds = false;
    for (AbstractInsnNode step : method.instructions) {
      if (step instanceof LdcInsnNode literal && literal.cst instanceof Type type) {
        literals.addAll(typesIn(type.getDescriptor()));
      }
      binds |=
          step instanceof MethodInsnNode call
              && BINDERS.getOrDefault(call.owner, Set.of()).contains(call.name);
    }
    return binds ? literals : Set.of();
  }

  private static Set<String> queued(@Nullable String signature) {
    Set<String> found = new HashSet<>();
    if (signature != null) {
      QUEUE.matcher(signature).results().forEach(queue -> found.add(queue.group(1)));
    }
    return found;
  }

  private Set<String> withParts(Set<String> types) {
    Set<String> all = new TreeSet<>();
    List<String> next = List.copyOf(types);
    while (!next.isEmpty()) {
      Set<String> parts = new HashSet<>();
      for (String type : next) {
        ClassNode node = classes.get(type);
        if (node != null && all.add(type.replace('/', '.'))) {
          parts.addAll(typesOfFields(node));
        }
      }
      next = List.copyOf(parts);
    }
    return all;
  }

  private static Set<String> typesOfFields(ClassNode node) {
    Set<String> found = new HashSet<>();
    for (FieldNode field : node.fields) {
      if ((field.access & Opcodes.ACC_STATIC) == 0) {
        found.addAll(typesIn(field.signature == null ? field.desc : field.signature));
      }
    }
    return found;
  }

  private static Set<String> typesIn(String signature) {
    Set<String> found = new HashSet<>();
    TYPES.matcher(signature).results().forEach(type -> found.add(type.group(1)));
    return found;
  }

  private static boolean isAnnotated(@Nullable List<AnnotationNode> annotations, String name) {
    return annotations != null
        && annotations.stream().anyMatch(annotation -> annotation.desc.endsWith(name + ";"));
  }
}
