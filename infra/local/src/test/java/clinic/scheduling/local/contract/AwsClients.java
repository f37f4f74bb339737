package clinic.scheduling.local.contract;

import clinic.scheduling.local.stores.EmbeddedAws;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's own clients, connected to one stand-in for AWS. The tables and queues that it creates
 * have unique names, and {@code close} deletes them.
 */
final class AwsClients implements AutoCloseable {
  private static final AwsCredentialsProvider ANYBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  private static final Region REGION = Region.of(EmbeddedAws.REGION);

  private final DynamoDbClient dynamodb;
  private final SqsClient sqs;
  private final List<String> tables = Collections.synchronizedList(new ArrayList<>());
  private final List<String> queues = Collections.synchronizedList(new ArrayList<>());

  AwsClients(URI dynamodb, URI sqs) {
    this.dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(dynamodb)
            .region(REGION)
            .credentialsProvider(ANYBODY)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    this.sqs =
        SqsClient.builder()
            .endpointOverride(sqs)
            .region(REGION)
            .credentialsProvider(ANYBODY)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  DynamoDbClient dynamodb() {
    return dynamodb;
  }

  SqsClient sqs() {
    return sqs;
  }

  /** Creates a table with the keys that template.yaml gives it, and returns its name. */
  String newTable() {
    String name = "contract-" + UUID.randomUUID();
    dynamodb.createTable(
        table ->
            table
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    tables.add(name);
    dynamodb.waiter().waitUntilTableExists(table -> table.tableName(name));
    return name;
  }

  /** Creates an empty queue, and returns its URL. */
  String newQueue() {
    String url = sqs.createQueue(it -> it.queueName("contract-" + UUID.randomUUID())).queueUrl();
    queues.add(url);
    return url;
  }

  @Override
  public void close() {
    try (dynamodb;
        sqs) {
      tables.forEach(name -> dynamodb.deleteTable(table -> table.tableName(name)));
      queues.forEach(url -> sqs.deleteQueue(queue -> queue.queueUrl(url)));
    }
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType role) {
    return KeySchemaElement.builder().attributeName(name).keyType(role).build();
  }
}
