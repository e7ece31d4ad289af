package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labels and messages in the language of whoever asks, and the texts that clients fetch. */
@ExtendWith(SharedRealServer.class)
final class LanguageTests {

    private static final String[] GERMAN = {"Accept-Language", "de-AT, en;q=0.5"};
    private static final String[] CLERK = {"Accept-Language", "de", "Authorization", "Bearer clerk"};

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void listsTheLanguagesThatItSpeaks() {
        assertThat(http.get("/api/i18n/locales").body()).contains("""
                {"code":"en","label":"English","isDefault":true}""", "\"code\":\"zh-CN\"", "\"code\":\"ja\"",
                "{\"code\":\"de\",\"label\":\"Deutsch\",\"isDefault\":false}");
        assertThat(http.get("/api/v1/discovery").body()).contains("\"supported\":[\"en\",\"zh-CN\",\"ja\",\"de\"",
                "\"i18n\":{\"enabled\":true}");
        assertThat(http.get("/api/i18n/locales", "Authorization", "none").status()).isEqualTo(401);
    }

    @Test
    void handsOutTheTextsOfALanguage() {
        Answer german = http.get("/api/i18n/translations/de-AT");
        assertThat(german.header("Content-Language")).isEqualTo("de");
        assertThat(german.body()).startsWith("{\"locale\":\"de\"").contains("\"label\":\"Mitarbeiter\"",
                "\"pluralLabel\":\"Mitarbeitende\"", "\"salary\":{\"label\":\"Gehalt\",\"help\":\"Brutto\"}",
                "\"options\":{\"active\":\"Aktiv\",\"left\":\"Ausgetreten\"}",
                "\"paid\":{\"message\":\"Bezahlen Sie sie\"}", "\"welcome\":\"Willkommen\"",
                "\"menus.people.title\":\"Leute\"");
        assertThat(http.get("/api/i18n/translations/de", "If-None-Match", String.valueOf(german.header("ETag")))
                .status()).isEqualTo(304);
        assertThat(http.get("/api/i18n/translations/en").body()).contains("\"Staff member\"");
        Answer unknown = http.get("/api/i18n/translations/tlh");
        assertThat(unknown.json()).containsEntry("code", "RESOURCE_NOT_FOUND");
        assertThat(unknown.body()).contains("en, zh-CN, ja, de");
    }

    @Test
    void handsOutTheLabelsOfAnObject() {
        assertThat(http.get("/api/i18n/labels/staff/de").body())
                .startsWith("{\"object\":\"staff\",\"locale\":\"de\",\"labels\":{\"name\":{\"label\":\"Name\"}");
        assertThat(http.get("/api/i18n/labels/nothing/de").json()).containsEntry("code", "OBJECT_NOT_FOUND");
    }

    @Test
    void tellsNothingOfWhatIsHidden() {
        for (String path : new String[]{"/api/i18n/translations/de", "/api/i18n/labels/staff/de",
                "/api/metadata/translation", "/api/metadata/translation/de", "/api/metadata/staff"}) {
            assertThat(http.get(path, GERMAN).body()).as(path).contains("Gehalt", "Personalnummer");
            assertThat(http.get(path, CLERK).body()).as(path).contains("Ausgetreten").doesNotContain("Gehalt",
                    "Personalnummer", "Brutto", "Kunde");
        }
        assertThat(http.get("/api/i18n/labels/accounts/de", CLERK).json()).containsEntry("code", "OBJECT_NOT_FOUND");
    }

    @Test
    void labelsMetadataInTheLanguageOfTheRequest() {
        Answer german = http.get("/api/metadata/staff", GERMAN);
        assertThat(german.body()).contains("Mitarbeiter", "Gehalt", "Brutto", "Bezahlen Sie sie", "Ausgetreten");
        assertThat(german.header("Content-Language")).isEqualTo("de");
        assertThat(german.header("Vary")).contains("Accept-Language");
        Answer english = http.get("/api/metadata/staff");
        assertThat(english.body()).contains("Staff member").doesNotContain("Gehalt");
        assertThat(english.header("Content-Language")).isEqualTo("en");
        assertThat(english.header("ETag")).isNotEqualTo(german.header("ETag"));
        assertThat(http.get("/api/metadata/staff", "Accept-Language", "en", "If-None-Match",
                String.valueOf(german.header("ETag"))).status()).isEqualTo(200);
        assertThat(http.get("/api/metadata/object", GERMAN).body()).contains("Mitarbeitende");
        assertThat(http.get("/api/openapi.json", GERMAN).body()).contains("\"title\":\"Gehalt\"",
                "\"title\":\"Mitarbeiter\"");
        assertThat(http.get("/api/openapi.json").body()).doesNotContain("Gehalt");
    }

    @Test
    void refusesInTheLanguageOfTheRequest() {
        String wrong = "{\"email\":\"nowhere\",\"salary\":-1}";
        Answer japanese = http.post("/api/data/staff", wrong, "Accept-Language", "ja");
        assertThat(japanese.status()).isEqualTo(400);
        assertThat(japanese.header("Content-Language")).isEqualTo("ja");
        assertThat(japanese.header("Vary")).contains("Accept-Language");
        assertThat(japanese.body()).contains("Nameは必須です", "Emailはメールアドレスでなければなりません");
        assertThat(http.post("/api/data/staff", "{\"name\":\"x\",\"salary\":-1}", GERMAN).body())
                .contains("\"message\":\"Bezahlen Sie sie\"");
        assertThat(http.post("/api/data/staff/batch", """
                {"operation":"create","records":[{"data":{"salary":1}}]}""", "Accept-Language", "zh").body())
                .contains("Name不能为空");
        assertThat(http.post("/graphql", """
                {"query":"mutation { create_staff(input: {name: \\"\\"}) { id } }"}""", "Accept-Language", "zh").body())
                .contains("Name不能为空");
    }
}
