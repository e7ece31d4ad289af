package dev.objectos.runtime.service.registry;

import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.ServiceOffer;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.service.ServiceReference;
import dev.objectos.runtime.service.ServiceScope;
import dev.objectos.runtime.service.Withdrawal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The registry in the name of one plugin, or of one of its runs. */
record PluginServices(ServiceRegistry registry, Member member) implements ServiceScope {

    @Override
    public <T> ServiceOffer offer(ServiceKey<T> key, T service) {
        return registry.offer(member, key, service);
    }

    @Override
    public <T> Optional<ServiceReference<T>> find(ServiceNeed<T> need) {
        return registry.find(member, need);
    }

    @Override
    public <T> ServiceReference<T> await(ServiceNeed<T> need, Duration timeout) throws InterruptedException {
        return registry.await(member, need, timeout);
    }

    @Override
    public List<ServiceDescription> discover(ServiceQuery query) {
        return registry.discover(query);
    }

    @Override
    public Withdrawal leave(Duration patience) throws InterruptedException {
        return registry.leave(member, patience);
    }
}
