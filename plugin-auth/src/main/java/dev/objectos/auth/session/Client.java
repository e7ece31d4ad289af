package dev.objectos.auth.session;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The program and the place that a request comes from, as far as they tell. */
public record Client(@Nullable String ipAddress, @Nullable String userAgent) {

    private static final int LONGEST = 500;

    public Client {
        userAgent = userAgent == null || userAgent.length() <= LONGEST ? userAgent : userAgent.substring(0, LONGEST);
    }

    public static Client of(HttpServletRequest request) {
        return new Client(request.getRemoteAddr(), request.getHeader(HttpHeaders.USER_AGENT));
    }
}
