package dev.objectos.automation.trigger;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template of mails, in one or several languages. What it names must be fields of the object that the mail is about, so it
 * is compiled for each object that a trigger uses it with. It holds names alone, no logic.
 */
public final class MailTemplate {

    private static final String ANY_LOCALE = "";
    private static final Pattern NAME = Pattern.compile("\\s*[a-zA-Z_]\\w*(\\.[a-zA-Z_]\\w*)*\\s*");
    private static final Pattern MUSTACHE = Pattern.compile("\\{\\{(\\s*[a-zA-Z_][\\w.]*\\s*)}}");

    private final Catalog catalog;
    private final MetadataItem item;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Map<String, MailContent>> compiled = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /** A text and its path in the file. */
    private record Text(String text, String path) {}

    /** What one language says. */
    private record Source(@Nullable Text subject, @Nullable Text text, @Nullable Text html) {}

    private MailTemplate(Catalog catalog, MetadataItem item) {
        this.catalog = catalog;
        this.item = item;
        readSources();
        if (sources.isEmpty()) {
            error(item.source(), "the template says nothing", "add subject: and text:");
        }
        if (item.object() != null) {
            prepare(item.object());
        }
    }

    static Map<String, MailTemplate> read(Catalog catalog) {
        var templates = new LinkedHashMap<String, MailTemplate>();
        catalog.items("template").forEach(item -> templates.put(item.name(), new MailTemplate(catalog, item)));
        return templates;
    }

    /** Makes it ready for mails about such records. */
    void prepare(String object) {
        catalog.object(object).ifPresent(definition -> compiled.computeIfAbsent(definition.name(),
                _ -> compile(definition)));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** The content for a reader of that language; empty where the template cannot be used with the object. */
    public Optional<MailContent> content(String object, Locale locale) {
        Map<String, MailContent> languages = compiled.getOrDefault(object, Map.of());
        for (String wanted : List.of(locale.toLanguageTag(), locale.getLanguage(), ANY_LOCALE, "en")) {
            MailContent content = languages.get(wanted);
            if (content != null) {
                return Optional.of(content);
            }
        }
        return languages.values().stream().findFirst();
    }

    private void readSources() {
        var byLocale = new LinkedHashMap<String, Map<String, Text>>();
        item.content().forEach((key, value) -> {
            String part = part(key);
            if (part != null && value instanceof Map<?, ?> locales) {
                locales.forEach((locale, text) -> put(byLocale, String.valueOf(locale), part, text,
                        key + "/" + locale));
            } else if (part != null) {
                put(byLocale, ANY_LOCALE, part, value, key);
            } else if (key.equals("locales") && value instanceof Map<?, ?> locales) {
                locales.forEach((locale, content) -> language(byLocale, String.valueOf(locale), content,
                        key + "/" + locale));
            } else {
                language(byLocale, key, value, key);
            }
        });
        byLocale.forEach((locale, texts) -> sources.put(locale,
                new Source(texts.get("subject"), texts.get("text"), texts.get("html"))));
    }

    private static void language(Map<String, Map<String, Text>> byLocale, String locale, @Nullable Object content,
            String path) {
        if (content instanceof Map<?, ?> parts) {
            parts.forEach((key, text) -> {
                String part = part(String.valueOf(key));
                if (part != null) {
                    put(byLocale, locale, part, text, path + "/" + key);
                }
            });
        }
    }

    private static void put(Map<String, Map<String, Text>> byLocale, String locale, String part, @Nullable Object text,
            String path) {
        if (text != null) {
            byLocale.computeIfAbsent(locale, _ -> new LinkedHashMap<>()).put(part, new Text(text.toString(), path));
        }
    }

    private static @Nullable String part(String key) {
        return switch (key) {
            case "subject", "text", "html" -> key;
            case "body" -> "text";
            case "body_html" -> "html";
            default -> null;
        };
    }

    private Map<String, MailContent> compile(ObjectDefinition object) {
        var languages = new LinkedHashMap<String, MailContent>();
        var texts = new TemplateTexts(catalog, object, NAME, this::error);
        sources.forEach((locale, source) -> {
            Source base = sources.getOrDefault(ANY_LOCALE, source);
            Text subject = source.subject() == null ? base.subject() : source.subject();
            TextTemplate title = template(texts, subject);
            Source body = source.text() == null && source.html() == null ? base : source;
            TextTemplate text = template(texts, body.text());
            TextTemplate html = template(texts, body.html());
            boolean incomplete = subject == null || (body.text() == null && body.html() == null);
            if (incomplete && (!locale.isEmpty() || sources.size() == 1)) {
                error(item.source(), "the template has " + (subject == null ? "no subject" : "neither text nor html")
                        + (locale.isEmpty() ? "" : " in '" + locale + "'"), "add subject: and text:");
            }
            if (!incomplete && title != null) {
                languages.put(locale, new MailContent(title, text, html));
            }
        });
        return languages;
    }

    private @Nullable TextTemplate template(TemplateTexts texts, @Nullable Text text) {
        return text == null
                ? null
                : texts.template(MUSTACHE.matcher(text.text()).replaceAll("\\${$1}"), item.where(text.path()));
    }

    private void error(SourceLocation where, String message, String suggestion) {
        violations.add(new Violation(Violation.Severity.ERROR, where, "template", item.name(), message, suggestion));
    }
}
