package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Why a write is refused, in the language of whoever is refused. */
class SpokenRefusalsTest {

    private static final Map<String, Object> WRONG = Map.of("email", "nowhere", "stage", "lost", "age", 200, "code",
            "too long");

    @SuppressWarnings("NullAway.Init")
    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.over("spoken_refusals", TestingCatalogs.ofFiles(Map.of("deals.object.yml", """
                fields:
                  name: {type: text, required: true}
                  email: {type: email, label: E-mail}
                  stage: {type: select, options: [open, won]}
                  age: {type: integer, max: 150}
                  code: {type: text, max_length: 3, unique: true}
                  owner_of: {type: lookup, reference_to: deals}
                validations:
                  - {name: old_enough, condition: "record.age >= 3", message: Too young, fields: [age]}
                """, "translations/zh-CN.yml", """
                deals:
                  fields: {name: 名称, stage: 阶段, age: 年龄}
                  messages: {old_enough: 年龄太小, email.invalid_email: "请检查{label}"}
                """, "translations/en.yml", "deals: {fields: {code: Number}}", "translations/de.yml", """
                deals: {fields: {name: Titel, code: Nummer}, messages: {old_enough: Zu jung}}
                messages: {required: "{label} fehlt", max: "{label} über {limit}"}
                """)));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void namesFieldsAndReasonsInTheLanguageOfTheSession() {
        PlatformException refusal = refused("zh-CN", WRONG);
        assertThat(refusal.fields()).extracting(FieldError::field, FieldError::message).containsExactlyInAnyOrder(
                tuple("name", "名称不能为空"), tuple("email", "请检查E-mail"),
                tuple("stage", "阶段必须是以下选项之一：open, won"), tuple("age", "年龄不能大于 150"),
                tuple("code", "Code最多只能有 3 个字符"));
        assertThat(refusal.message()).isEqualTo(refusal.fields().getFirst().message());
        assertThat(refused("ja", WRONG).fields()).extracting(FieldError::message).contains("Nameは必須です",
                "E-mailはメールアドレスでなければなりません");
    }

    @Test
    void keepsTheEnglishReasonWithTheTranslatedLabelWhereThereIsNoBetter() {
        assertThat(refused("en", WRONG).fields()).extracting(FieldError::message).contains("Name is required",
                "Number must have at most 3 characters");
        assertThat(refused("de-AT", WRONG).fields()).extracting(FieldError::message).as("of the application")
                .contains("Titel fehlt", "Nummer must have at most 3 characters").as("nobody knows its limit")
                .contains("Age must be at most 150");
    }

    @Test
    void saysWhatARuleDemands() {
        Map<String, Object> young = Map.of("name", "x", "age", 1);
        assertThat(refused("en", young).message()).isEqualTo("Too young");
        assertThat(refused("de", young).message()).isEqualTo("Zu jung");
        assertThat(refused("zh", young).fields()).containsExactly(new FieldError("age", "invalid", "年龄太小"));
    }

    @Test
    void saysThatAValueIsTakenAndThatAReferenceLeadsNowhere() {
        writes.create("deals", Map.of("name", "x", "code", "A"));
        assertThat(refused("ja", Map.of("name", "y", "code", "A")).fields()).extracting(FieldError::message)
                .containsExactly("Codeはすでに使用されています");
        assertThat(refused("zh", Map.of("name", "y", "owner_of", "01900000-0000-7000-8000-000000000000")).message())
                .isEqualTo("Owner of所引用的记录不存在");
    }

    @Test
    void tellsEachChangeOfABatch() {
        var batch = new Batch(List.of(new Mutation.Create("deals", Map.of("name", "good")),
                new Mutation.Create("deals", Map.of("age", 5))), false, false, true);
        assertThat(writes.pipeline().batch(batch, speaking("zh")).outcomes().getLast())
                .isInstanceOfSatisfying(Outcome.Refused.class,
                        refused -> assertThat(refused.reason().message()).isEqualTo("名称不能为空"));
    }

    private static PlatformException refused(String tag, Map<String, Object> values) {
        return refusal(() -> writes.create("deals", values, speaking(tag)));
    }

    private static Session speaking(String tag) {
        return writes.session().speaking(Locale.forLanguageTag(tag));
    }
}
