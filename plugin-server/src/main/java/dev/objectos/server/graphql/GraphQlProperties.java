package dev.objectos.server.graphql;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operations may be. What is larger is refused before anything is read.
 *
 * @param maxDepth fields within fields
 * @param maxFields fields in all, those of fragments each time they are used
 * @param maxAliases fields under other names than their own
 * @param maxDirectives uses of directives
 * @param maxRootFields queries or mutations in one operation
 * @param maxCost records that could be shown, as far as limits say
 * @param maxBatch operations in one request
 * @param allowList a folder of documents ({@code *.graphql}); none but these are executed; null: any is
 */
@ConfigurationProperties("objectos.graphql")
public record GraphQlProperties(@DefaultValue("15") int maxDepth, @DefaultValue("2000") int maxFields,
        @DefaultValue("100") int maxAliases, @DefaultValue("100") int maxDirectives,
        @DefaultValue("50") int maxRootFields, @DefaultValue("2000000") long maxCost, @DefaultValue("10") int maxBatch,
        @Nullable Path allowList) {}
