package dev.objectos.auth.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What all of SCIM's answers share: the media type, versions, pages. */
final class ScimHttp {

    static final String SCIM_JSON = "application/scim+json";

    private static final int MOST = 1_000;

    private ScimHttp() {}

    /** Where the resources are. */
    static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.indexOf("/scim/v2") + "/scim/v2".length());
    }

    /** What is wanted of a resource. */
    static ResponseEntity<Object> answer(HttpServletRequest request, int status, Map<String, Object> resource) {
        return answer(status, resource, Attributes.of(request).of(resource));
    }

    private static ResponseEntity<Object> answer(int status, Map<String, Object> resource,
            Map<String, Object> shown) {
        var meta = (Map<?, ?>) resource.get("meta");
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(SCIM_JSON));
        if (meta != null) {
            builder.header(HttpHeaders.LOCATION, String.valueOf(meta.get("location")))
                    .header(HttpHeaders.ETAG, String.valueOf(meta.get("version")));
        }
        return builder.body(shown);
    }

    /** Whether the client has this version already. */
    static boolean known(HttpServletRequest request, String version) {
        return version.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH));
    }

    static ResponseEntity<Object> unchanged(String version) {
        return ResponseEntity.status(304).header(HttpHeaders.ETAG, version).build();
    }

    /** @throws ScimException 412 where the client means another version */
    static void requireVersion(HttpServletRequest request, String version) {
        String wanted = request.getHeader(HttpHeaders.IF_MATCH);
        if (wanted != null && !wanted.equals("*") && !wanted.equals(version)) {
            throw new ScimException(412, null, "The resource has changed meanwhile");
        }
    }

    /** Part of a list. */
    record Window(int start, int count) {

        static Window read(@Nullable String startIndex, @Nullable String count) {
            return new Window(Math.max(1, number(startIndex, 1)), Math.clamp(number(count, 100), 0, MOST));
        }

        private static int number(@Nullable String given, int otherwise) {
            try {
                return given == null ? otherwise : Integer.parseInt(given);
            } catch (NumberFormatException e) {
                throw ScimException.invalidValue("'" + given + "' is no number");
            }
        }

        int offset() {
            return start - 1;
        }
    }

    static <T> ResponseEntity<Object> list(HttpServletRequest request, List<T> found, long total, Window window,
            Function<T, Map<String, Object>> json) {
        Attributes wanted = Attributes.of(request);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse"));
        answer.put("totalResults", total);
        answer.put("startIndex", window.start());
        answer.put("itemsPerPage", found.size());
        answer.put("Resources", found.stream().map(json).map(wanted::of).toList());
        return answer(200, answer, answer);
    }
}
