package dev.objectos.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What the plugins of the class path say of their endpoints, each in files {@value #FILES} of its own; and what all objects have
 * alike, which is written once for all.
 */
public final class ApiParts {

    static final String FILES = "META-INF/objectos/openapi/*.yml";

    private final List<ApiPart> parts;
    private final ObjectPart objects;

    ApiParts(List<ApiPart> parts, ObjectPart objects) {
        this.parts = List.copyOf(parts);
        this.objects = objects;
    }

    /** @throws IllegalStateException where a file says what is not understood, or what another one says already */
    public static ApiParts ofClassPath() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:" + FILES);
            var parts = new ArrayList<ApiPart>();
            for (Resource file : sorted(files)) {
                try (InputStream in = file.getInputStream()) {
                    parts.add(ApiPart.read(yaml(in)));
                } catch (RuntimeException e) {
                    throw new IllegalStateException(file.getDescription() + ": " + e.getMessage(), e);
                }
            }
            return new ApiParts(parts, ObjectPart.read(own("object.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In an order that does not depend on the machine. */
    private static List<Resource> sorted(Resource[] files) {
        return Arrays.stream(files).sorted(Comparator.comparing(file -> String.valueOf(file.getFilename()))).toList();
    }

    /** What stands in a file beside this class. */
    static @Nullable Object own(String name) {
        try (InputStream in = ApiParts.class.getResourceAsStream(name)) {
            return yaml(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object yaml(InputStream in) {
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromInputStream(in);
    }

    /** Everything that is described; {@code {object}} in a path stands for the name of any object. */
    public Stream<PathOperation> described() {
        return Stream.concat(operations(), objects.operations()).map(DescribedOperation::operation);
    }

    ObjectPart objects() {
        return objects;
    }

    Stream<DescribedOperation> operations() {
        return parts.stream().flatMap(part -> part.operations().stream());
    }

    Stream<Map<String, Object>> tags() {
        return parts.stream().flatMap(part -> part.tags().stream());
    }

    /** By kind and name. */
    Map<String, Map<String, Object>> components() {
        var all = new LinkedHashMap<String, Map<String, Object>>();
        for (ApiPart part : parts) {
            part.components().forEach((kind, named) -> named.forEach((name, component) -> Optional
                    .ofNullable(all.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(name, component))
                    .ifPresent(other -> {
                        throw new IllegalStateException("Two parts have a component " + kind + "/" + name);
                    })));
        }
        return all;
    }
}
