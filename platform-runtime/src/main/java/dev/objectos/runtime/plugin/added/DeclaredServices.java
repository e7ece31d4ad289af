package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.Capabilities;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.ServiceOffer;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.service.ServiceReference;
import dev.objectos.runtime.service.Services;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Services for an added plugin: it offers and uses what its manifest says, so that the order in which plugins start, and who
 * is needed by whom, can be told from the manifests.
 */
record DeclaredServices(String plugin, Capabilities capabilities, Services services) implements Services {

    @Override
    public <T> ServiceOffer offer(ServiceKey<T> key, T service) {
        if (!capabilities.offers().containsKey(key.capability())) {
            throw undeclared("offer", key.capability(), "offers");
        }
        return services.offer(key, service);
    }

    @Override
    public <T> Optional<ServiceReference<T>> find(ServiceNeed<T> need) {
        requireUse(need);
        return services.find(need);
    }

    @Override
    public <T> ServiceReference<T> await(ServiceNeed<T> need, Duration timeout) throws InterruptedException {
        requireUse(need);
        return services.await(need, timeout);
    }

    @Override
    public List<ServiceDescription> discover(ServiceQuery query) {
        return services.discover(query);
    }

    private void requireUse(ServiceNeed<?> need) {
        if (!capabilities.needs().containsKey(need.capability())
                && !capabilities.offers().containsKey(need.capability())) {
            throw undeclared("use", need.capability(), "needs");
        }
    }

    private IllegalStateException undeclared(String verb, String capability, String key) {
        return new IllegalStateException("The plugin " + plugin + " cannot " + verb + " the service " + capability
                + ": its manifest must name it under capabilities." + key);
    }
}
