package clinic.scheduling.checks.template;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the short forms of CloudFormation ({@code !Ref x}) as the long ones ({@code Ref: x}). */
final class CloudFormationTags extends SafeConstructor {
  CloudFormationTags() {
    super(new LoaderOptions());
    yamlMultiConstructors.put("!", new LongForm());
  }

  private final class LongForm extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      String name = node.getTag().getValue().substring(1);
      String key = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
      Object value = value(node);
      return Map.of(
          key, key.equals("Fn::GetAtt") ? List.of(((String) value).split("\\.", 2)) : value);
    }

    private Object value(Node node) {
      if (node instanceof ScalarNode scalar) {
        return scalar.getValue();
      }
      return node instanceof SequenceNode list
          ? constructSequence(list)
          : constructMapping((MappingNode) node);
    }
  }
}
