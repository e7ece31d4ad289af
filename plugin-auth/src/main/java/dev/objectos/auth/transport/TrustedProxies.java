package dev.objectos.auth.transport;

import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Has the server believe where a request came from, and by which scheme and name, where a known proxy says so. The nearest address
 * that is no proxy's counts, so that nobody can add one in front.
 */
public final class TrustedProxies implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

    private final ProxyProperties properties;

    public TrustedProxies(ProxyProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatWebServerFactory server) {
        if (properties.trustedProxies().isEmpty()) {
            return;
        }
        var valve = new RemoteIpValve();
        try {
            valve.setInternalProxies(properties.networks());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("objectos.server.trusted-proxies has something that is no network; "
                    + "write addresses or networks such as 10.0.0.0/8: " + e.getMessage(), e);
        }
        valve.setTrustedProxies(null);
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        valve.setPortHeader("X-Forwarded-Port");
        valve.setRequestAttributesEnabled(false);
        server.addEngineValves(valve);
    }
}
