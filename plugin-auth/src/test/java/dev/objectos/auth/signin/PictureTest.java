package dev.objectos.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pictures of people, in what is answered about them. */
final class PictureTest {

    private static final TestingServer SERVER = TestingServer.shared();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "picture");
    private static final String UPDATE = "/api/auth/update-user";

    /** Sends a picture that is text, as other pictures are not. */
    private static String upload(Person by) {
        String body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"me.gif\"\r\n"
                + "Content-Type: image/gif\r\n\r\nGIF89a and so on\r\n--x--\r\n";
        Answer sent = by.send("POST", "/api/storage/upload", body, "Content-Type", "multipart/form-data; boundary=x");
        assertThat(sent.status()).as("%s", sent.json()).isEqualTo(201);
        return sent.json().at("/data/fileId").asString();
    }

    private static JsonNode image(Answer answer, String list, Person of) {
        return answer.json().path(list).valueStream().filter(one -> one.toString().contains(of.id())).findFirst()
                .orElseThrow().findPath("image");
    }

    @Test
    void areAddressesThatABrowserWithTheSessionLoads() {
        Person person = PEOPLE.person(PEOPLE.tenant(), "member");
        assertThat(person.get("/api/auth/get-session").json().at("/user/image").isNull()).isTrue();
        String file = upload(person);
        assertThat(person.post(UPDATE, Map.of("image", file)).status()).isEqualTo(200);
        String image = person.get("/api/auth/get-session").json().at("/user/image").asString();
        assertThat(image).isEqualTo("/api/storage/files/" + file);
        Answer signIn = SERVER.signIn(person.email(), TestingPeople.PASSWORD);
        assertThat(signIn.json().at("/user/image").asString()).isEqualTo(image);
        Answer picture = SERVER.send("HEAD", image, null, "Cookie", signIn.cookie());
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/gif");
        assertThat(person.post(UPDATE, Map.of("image", image)).status()).as("what was answered may be sent back")
                .isEqualTo(200);
        assertThat(person.send("POST", UPDATE, "{\"name\":\"Without\"}").status()).isEqualTo(200);
        assertThat(person.get("/api/auth/get-session").json().at("/user/image").asString()).isEqualTo(image);
        assertThat(person.send("POST", UPDATE, "{\"image\":null}").status()).isEqualTo(200);
        assertThat(person.get("/api/auth/get-session").json().at("/user/image").isNull()).isTrue();
        assertThat(person.send("POST", UPDATE, "{\"image\":{\"a\":1}}").code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void areSeenByThoseWhoSeeThePerson() {
        Person person = PEOPLE.person(PEOPLE.tenant(), "member");
        Person colleague = PEOPLE.person(person.tenant(), "member");
        Person admin = PEOPLE.person(person.tenant(), "admin");
        Person stranger = PEOPLE.person(PEOPLE.tenant(), "member");
        String file = upload(person);
        person.post(UPDATE, Map.of("image", file));
        String image = "/api/storage/files/" + file;
        Answer members = colleague.get("/api/auth/organization/list-members");
        assertThat(image(members, "members", person).asString()).isEqualTo(image);
        assertThat(image(members, "members", colleague).isNull()).isTrue();
        assertThat(image(admin.get("/api/auth/organization/get-full-organization"), "members", person).asString())
                .isEqualTo(image);
        assertThat(image(admin.get("/api/auth/admin/list-users"), "users", person).asString()).isEqualTo(image);
        assertThat(admin.get("/api/auth/admin/get-user?id=" + person.id()).json().path("image").asString())
                .isEqualTo(image);
        assertThat(colleague.send("HEAD", image, null).status()).isEqualTo(200);
        assertThat(stranger.send("HEAD", image, null).status()).isEqualTo(404);
    }

    @Test
    void areFilesThatWhoeverChoosesThemMayRead() {
        Person person = PEOPLE.person(PEOPLE.tenant(), "member");
        Person other = PEOPLE.person(person.tenant(), "member");
        Person admin = PEOPLE.person(person.tenant(), "admin");
        String secret = upload(other);
        for (String foreign : new String[]{secret, "/api/storage/files/" + secret, UUID.randomUUID().toString(),
                "https://example.com/me.gif"}) {
            assertThat(person.post(UPDATE, Map.of("image", foreign)).json().at("/fields/0/code").asString())
                    .as(foreign).isEqualTo("invalid_reference");
            assertThat(admin.post("/api/auth/admin/update-user",
                    Map.of("userId", person.id(), "data", Map.of("avatar", foreign))).code()).as(foreign)
                    .isEqualTo("VALIDATION_FAILED");
        }
        assertThat(person.send("HEAD", "/api/storage/files/" + secret, null).status()).isEqualTo(404);
    }
}
