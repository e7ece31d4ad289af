package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.limit.AddressLimitFilter;
import dev.objectos.auth.limit.CallerLimitFilter;
import dev.objectos.auth.limit.CountExchange;
import dev.objectos.auth.limit.LimitAnswers;
import dev.objectos.auth.limit.LimitProperties;
import dev.objectos.auth.limit.RateLimitSwitch;
import dev.objectos.auth.limit.RequestCounts;
import dev.objectos.auth.limit.RequestLimits;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.LoginFilter;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.transport.CorsProperties;
import dev.objectos.auth.transport.CrossOrigin;
import dev.objectos.auth.transport.ProxyProperties;
import dev.objectos.auth.transport.TrustedProxies;
import dev.objectos.runtime.spi.LiveSettings;
import io.github.bucket4j.TimeMeter;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** Wires what stands before and behind the sign-in: proxies, pages of other origins, and how much is served for whom. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CorsProperties.class, LimitProperties.class, ProxyProperties.class,
        RateLimitSwitch.class})
class TransportConfiguration {

    /** Filters of the security chain, in their order around the sign-in. */
    interface Guards {

        void addTo(HttpSecurity http);
    }

    @Bean
    SessionCookie sessionCookie(CorsProperties cors) {
        return new SessionCookie(cors.trusted());
    }

    @Bean
    TrustedProxies trustedProxies(ProxyProperties properties) {
        return new TrustedProxies(properties);
    }

    @Bean
    CrossOrigin crossOrigin(CorsProperties properties) {
        return new CrossOrigin(properties);
    }

    @Bean
    RequestLimits requestLimits(LimitProperties properties) {
        return new RequestLimits(properties, TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    LiveSettings liveTransport(CrossOrigin cors, SessionCookie cookies, RequestLimits limits) {
        return new LiveTransport(cors, cookies, limits);
    }

    @Bean
    CountExchange countExchange(RequestLimits limits, LimitProperties properties, RateLimitSwitch limited,
            DataSource worker) {
        return new CountExchange(limits, new RequestCounts(worker, UUID.randomUUID()), properties.exchange(),
                limited.rateLimits());
    }

    /**
     * Whoever is sent to us by a browser may bring more: providers with their answers, and programs that rewrite the links of mails.
     */
    @Bean
    Guards guards(CrossOrigin cors, RequestLimits requests, RateLimitSwitch limited, SessionCookie cookies,
            SecurityEvents events) {
        return http -> {
            http.addFilter(cors.filter());
            if (limited.rateLimits()) {
                var answers = new LimitAnswers(events);
                http.addFilterBefore(new AddressLimitFilter(requests, answers), LoginFilter.class)
                        .addFilterAfter(new CallerLimitFilter(requests, answers, cookies), LoginFilter.class);
            }
        };
    }
}
