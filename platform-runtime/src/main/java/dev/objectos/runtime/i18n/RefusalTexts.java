package dev.objectos.runtime.i18n;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why a write is refused in the language of whoever is refused. */
public final class RefusalTexts {

    private final Catalog catalog;
    private final Translations translations;

    private RefusalTexts(Catalog catalog) {
        this.catalog = catalog;
        this.translations = Translations.of(catalog);
    }

    public static RefusalTexts of(Catalog catalog) {
        return catalog.derive(RefusalTexts.class, RefusalTexts::new);
    }

    /** The same refusal with the messages of its fields in the nearest locale. */
    public PlatformException told(PlatformException refusal, Locale wanted) {
        if (refusal.fields().isEmpty()) {
            return refusal;
        }
        Locale locale = translations.spoken(wanted);
        @Nullable
        ObjectDefinition object = refusal.object() == null
                ? null
                : catalog.object(refusal.object()).orElse(null);
        List<FieldError> told = refusal.fields().stream().map(error -> told(error, object, locale)).toList();
        boolean ofFirst = refusal.message().equals(refusal.fields().getFirst().message());
        return refusal.saying(ofFirst ? told.getFirst().message() : refusal.message(), told);
    }

    /** What became of a batch, with its refusals in the nearest locale. */
    public BatchResult told(BatchResult result, Locale wanted) {
        if (result.succeeded() == result.outcomes().size()) {
            return result;
        }
        return new BatchResult(result.outcomes().stream()
                .map(outcome -> outcome instanceof Outcome.Refused(var id, var reason)
                        ? new Outcome.Refused(id, told(reason, wanted))
                        : outcome)
                .toList());
    }

    private FieldError told(FieldError error, @Nullable ObjectDefinition object, Locale locale) {
        if (error.details().isEmpty()) {
            return error;
        }
        Texts texts = object == null ? new Texts(List.of()) : translations.texts(object, locale);
        String message = error.details().get(FieldError.RULE) instanceof String rule
                ? ofRule(rule, object, texts).orElse(error.message())
                : ofField(error, object, texts, locale);
        return new FieldError(error.field(), error.code(), message);
    }

    private static Optional<String> ofRule(String name, @Nullable ObjectDefinition object, Texts texts) {
        return object == null
                ? Optional.empty()
                : object.validations().stream().filter(rule -> rule.name().equals(name)).findFirst()
                        .map((ValidationRule rule) -> TranslatedObject.message(rule, texts));
    }

    private String ofField(FieldError error, @Nullable ObjectDefinition object, Texts texts, Locale locale) {
        var details = new HashMap<>(error.details());
        String label = String.valueOf(details.get(FieldError.LABEL));
        boolean own = object != null && object.fields().containsKey(error.field());
        String said = own ? texts.textOr(label, "fields", error.field()) : label;
        details.put(FieldError.LABEL, said);
        Optional<String> template = texts.text("messages", error.field() + "." + error.code())
                .or(() -> texts.text("messages", error.code()))
                .or(() -> translations.message(error.code(), locale));
        return template.flatMap(text -> PlatformMessages.fill(text, details))
                .or(() -> PlatformMessages.template(error.code(), locale)
                        .flatMap(text -> PlatformMessages.fill(text, details)))
                .orElseGet(() -> error.message().startsWith(label + " ")
                        ? said + error.message().substring(label.length())
                        : error.message());
    }
}
