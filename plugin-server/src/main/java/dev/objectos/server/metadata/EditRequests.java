package dev.objectos.server.metadata;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what requests that edit metadata ask for: parameters, {@code If-Match}, a body in YAML or JSON. */
final class EditRequests {

    /** A version with or without quotes, or an ETag that begins with one. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(\\d{1,9})(?:-[0-9a-f]+)?\"?");

    private static final Set<String> YAML = Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml",
            "text/vnd.yaml");

    /** What an answer shows of an object beside its definition. */
    private static final Set<String> SHOWN_OF_OBJECTS = Set.of("operations");
    private static final Set<String> SHOWN_OF_FIELDS = Set.of("creatable", "editable", "masked", "system");

    /** Why something is done. */
    private static final Set<String> WHY = Set.of("message", "comment");

    private final JsonBodies bodies;

    EditRequests(JsonBodies bodies) {
        this.bodies = bodies;
    }

    /** What a request is about; {@code scope=tenant} means what the session's tenant adds for itself. */
    static ItemKey item(HttpServletRequest request, String type, String name, Session session) {
        return switch (parameters(request).getOrDefault("scope", "all")) {
            case "tenant" -> new ItemKey(type, name, session.tenant());
            case "all" -> new ItemKey(type, name);
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST, "scope is tenant or all");
        };
    }

    Options options(HttpServletRequest request) {
        Map<String, String> given = parameters(request);
        return new Options(isDraft(given), flag(given, "dryRun"), flag(given, "force"), expected(request),
                given.get("comment"));
    }

    /** Whether the draft is meant; {@code state} is what the official client calls the mode. */
    static boolean isDraft(Map<String, String> given) {
        String mode = given.getOrDefault("mode", given.getOrDefault("state", "publish"));
        if (!Set.of("draft", "publish", "published").contains(mode)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "mode is draft or publish");
        }
        return mode.equals("draft");
    }

    /** The same where the body may say why, as {@code message} or {@code comment}. */
    static Options because(Options options, Map<String, @Nullable Object> body) {
        Object why = body.containsKey("message") ? body.get("message") : body.get("comment");
        if (why != null && !(why instanceof String)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"message\" must be a text");
        }
        return why == null
                ? options
                : new Options(options.draft(), options.dryRun(), options.force(), options.expected(), (String) why);
    }

    static Map<String, String> parameters(HttpServletRequest request) {
        return UrlParameters.parse(request.getQueryString());
    }

    private static boolean flag(Map<String, String> given, String name) {
        return switch (given.getOrDefault(name, "false")) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST, name + " is true or false");
        };
    }

    static @Nullable Integer whole(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, name + " is the number of a version, such as 3");
        }
        return Integer.valueOf(value);
    }

    private static @Nullable Integer expected(HttpServletRequest request) {
        String header = request.getHeader("If-Match");
        if (header == null || header.strip().equals("*")) {
            return "*".equals(request.getHeader("If-None-Match")) ? Integer.valueOf(0) : null;
        }
        Matcher tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "If-Match takes one version of the item, such as \"3\"");
        }
        return Integer.valueOf(tag.group(1));
    }

    /**
     * The YAML that is to be kept.
     *
     * @param original has what was read in another language as it is written
     */
    byte[] content(HttpServletRequest request, String type, MetadataEditing editing,
            UnaryOperator<Map<String, @Nullable Object>> original) {
        if (isYaml(request.getContentType())) {
            return bodies.bytes(request);
        }
        Map<String, @Nullable Object> body = bodies.readObject(request);
        Map<String, @Nullable Object> item = body.get("item") instanceof Map<?, ?> inner
                && type.equals(body.get("type")) ? entries(inner) : body;
        return editing.yaml(type.equals(MetadataDocuments.OBJECT) ? written(original.apply(item)) : item)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isYaml(@Nullable String contentType) {
        return contentType != null
                && YAML.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** An object as its author would write it, whoever has read it from an answer. */
    static Map<String, ?> written(Map<String, ?> object) {
        var kept = new LinkedHashMap<String, @Nullable Object>(object);
        if (object.get("operations") instanceof Map) {
            kept.keySet().removeAll(SHOWN_OF_OBJECTS);
        }
        if (object.get("fields") instanceof Map<?, ?> fields) {
            var own = new LinkedHashMap<String, @Nullable Object>();
            fields.forEach((name, field) -> {
                if (!(field instanceof Map<?, ?> map)) {
                    own.put(String.valueOf(name), field);
                } else if (!Boolean.TRUE.equals(map.get("system"))) {
                    Map<String, @Nullable Object> attributes = entries(map);
                    attributes.keySet().removeAll(SHOWN_OF_FIELDS);
                    own.put(String.valueOf(name), attributes);
                }
            });
            kept.put("fields", own);
        }
        return kept;
    }

    static Map<String, @Nullable Object> entries(Map<?, ?> map) {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        return entries;
    }

    /** The files of {@code {"files":{"objects/contacts.object.yml":"fields: …"}}}. */
    static List<MetadataFile> files(Map<String, @Nullable Object> body) {
        if (!(body.get("files") instanceof Map<?, ?> files)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"files\" must be a map of texts by path, such as {\"objects/contacts.object.yml\": \"fields: …\"}");
        }
        var found = new ArrayList<MetadataFile>();
        files.forEach((path, text) -> {
            if (!(text instanceof String content)) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, "The content of " + path + " must be a text");
            }
            found.add(new MetadataFile(String.valueOf(path), content.getBytes(StandardCharsets.UTF_8)));
        });
        return found;
    }

    static boolean flag(Map<String, @Nullable Object> body, String name, boolean otherwise) {
        return switch (body.get(name)) {
            case null -> otherwise;
            case Boolean given -> given;
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"" + name + "\" must be true or false");
        };
    }

    /** The object in the body, or an empty one; {@code message} and {@code comment} may stand in each. */
    Map<String, @Nullable Object> body(HttpServletRequest request, String... known) {
        Map<String, @Nullable Object> body = bodies.readObjectIfAny(request);
        for (String name : body.keySet()) {
            if (!WHY.contains(name) && !List.of(known).contains(name)) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body has no \"" + name + "\" here");
            }
        }
        return body;
    }
}
