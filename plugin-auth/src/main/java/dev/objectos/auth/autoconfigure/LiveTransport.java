package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.limit.LimitProperties;
import dev.objectos.auth.limit.RequestLimits;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.transport.CorsProperties;
import dev.objectos.auth.transport.CrossOrigin;
import dev.objectos.runtime.spi.LiveSettings;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;

/** Lets an operator change how much is served for whom, and which pages may call, while the server runs. */
record LiveTransport(CrossOrigin cors, SessionCookie cookies, RequestLimits limits) implements LiveSettings {

    private static final String CORS = "objectos.auth.cors";
    private static final String LIMITS = "objectos.auth.limits";

    @Override
    public List<String> names() {
        return List.of(CORS, LIMITS + ".address", LIMITS + ".user", LIMITS + ".key", LIMITS + ".tenant");
    }

    @Override
    public void apply(Binder settings) {
        CorsProperties pages = settings.bindOrCreate(CORS, CorsProperties.class);
        LimitProperties numbers = settings.bindOrCreate(LIMITS, LimitProperties.class);
        cors.apply(pages);
        cookies.trust(pages.trusted());
        limits.limit(numbers);
    }
}
