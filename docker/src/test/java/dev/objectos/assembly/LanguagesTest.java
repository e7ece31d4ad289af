package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people read in their own language: the labels of the business plugins, and why the server refuses. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class LanguagesTest {

    private final ServerProcess server;
    private final Colleague ada;

    LanguagesTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        ada = Colleague.join(server, "languages-ada", "admin");
    }

    @Test
    void labelsObjectsInTheLanguageOfTheRequest() {
        assertThat(speaking("/api/metadata/accounts", "zh, en;q=0.3").json().at("/fields/industry/label").asString())
                .isEqualTo("行业");
        assertThat(speaking("/api/metadata/accounts", "ja").json().path("label").asString()).isEqualTo("取引先");
        assertThat(ada.get("/api/metadata/accounts").json().path("label").asString()).isEqualTo("Account");
        assertThat(ada.get("/api/i18n/labels/accounts/ja").json().at("/labels/type/options/partner").asString())
                .isEqualTo("パートナー");
    }

    @Test
    void refusesInTheLanguageThatSomebodyHasChosenForGood() {
        Colleague ken = Colleague.join(server, "languages-ken", "admin");
        Answer chosen = ken.post("/api/auth/update-user", "{\"locale\": \"ja\"}");
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
        assertThat(ken.post("/api/data/accounts", "{\"email\": \"nowhere\"}").body()).contains("名前は必須です",
                "メールはメールアドレスでなければなりません");
        assertThat(server.send(ken.request("POST", "/api/data/accounts").header("Content-Type", "application/json")
                .header("Accept-Language", "zh-CN").method("POST", BodyPublishers.ofString("{}"))).body())
                .contains("名称不能为空");
    }

    private Answer speaking(String path, String language) {
        return server.send(ada.request("GET", path).header("Accept-Language", language));
    }
}
