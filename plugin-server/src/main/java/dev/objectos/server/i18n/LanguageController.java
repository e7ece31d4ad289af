package dev.objectos.server.i18n;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.i18n.Translations;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.Document;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that hand clients what to say to people: the languages, and the texts of one, as far as the session may see. */
@RestController
@RequestMapping("/api/i18n")
public final class LanguageController {

    private final Catalogs catalogs;
    private final ObjectRights rights;

    public LanguageController(Catalogs catalogs, ObjectRights rights) {
        this.catalogs = catalogs;
        this.rights = rights;
    }

    /** Who has not signed in learns them from discovery. */
    @GetMapping("/locales")
    void locales(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        List<Map<String, Object>> locales = Translations.of(catalogs.current()).locales().stream()
                .map(LanguageController::locale).toList();
        Answers.send(request, response, Document.of(Map.of("locales", locales)));
    }

    @GetMapping("/translations/{locale}")
    void translations(HttpServletRequest request, HttpServletResponse response, @PathVariable("locale") String tag,
            Session session) throws IOException {
        Catalog catalog = catalogs.current();
        Locale locale = spoken(catalog, tag);
        var document = new LinkedHashMap<String, Object>();
        document.put("locale", locale.toLanguageTag());
        document.put("translations", texts(catalog, session, locale).all());
        send(request, response, locale, document);
    }

    @GetMapping("/labels/{object}/{locale}")
    void labels(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("locale") String tag, Session session) throws IOException {
        Catalog catalog = catalogs.current();
        Locale locale = spoken(catalog, tag);
        var document = new LinkedHashMap<String, Object>();
        document.put("object", name);
        document.put("locale", locale.toLanguageTag());
        document.put("labels", texts(catalog, session, locale).labels(name).orElseThrow(
                () -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(name)));
        send(request, response, locale, document);
    }

    private VisibleLanguage texts(Catalog catalog, Session session, Locale locale) {
        return new VisibleLanguage(new CatalogView(catalog, session.speaking(locale), rights));
    }

    /** The address says which language it is; the caller's wish does not change it. */
    private static void send(HttpServletRequest request, HttpServletResponse response, Locale locale, Object tree)
            throws IOException {
        response.setHeader("Content-Language", locale.toLanguageTag());
        Answers.sendAsIs(request, response, Document.of(tree));
    }

    private static Locale spoken(Catalog catalog, String tag) {
        Translations translations = Translations.of(catalog);
        return translations.find(Locale.forLanguageTag(tag.replace('_', '-')))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There are no translations for this locale; there are some for " + String.join(", ",
                                translations.locales().stream().map(Locale::toLanguageTag).toList())));
    }

    private static Map<String, Object> locale(Locale locale) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("code", locale.toLanguageTag());
        entry.put("label", locale.getDisplayName(locale));
        entry.put("isDefault", locale.equals(Translations.USUAL));
        return entry;
    }
}
