package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.hook.HookSet;
import dev.objectos.runtime.plugin.manifest.Hook;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.protocol.Protocols;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.spi.ActionHandler;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.LifecycleHook;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.ProtocolAdapter;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.RecordListener;
import dev.objectos.runtime.spi.StorageInterceptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.CachedIntrospectionResults;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.AbstractEnvironment;

/**
 * The classes of a plugin in an own loader, and its beans in an own context. The context's parent holds what of the server
 * the plugin may use, and nothing besides; neither sees the server's settings.
 */
final class JavaCode implements PluginCode {

    private static final Logger LOG = LoggerFactory.getLogger(JavaCode.class);
    private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final String id;
    private final PluginManifest manifest;
    private final ServerSeams seams;
    private final HookBudget budget;
    private final PluginClassLoader classes;
    private final Bulkhead bulkhead;
    private final PluginCalls calls;
    private final Belongings belongings;
    private final GenericApplicationContext given;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final List<Subscription> probes = new ArrayList<>();
    private final List<Protocols.Spoken> protocols = new ArrayList<>();
    private @Nullable AutoCloseable endpoints;
    private List<MutationInterceptor> interceptors = List.of();
    private List<RecordListener> listeners = List.of();
    private List<ActionHandler> actions = List.of();
    private @Nullable HookSet hooks;
    private boolean subscribed;

    private JavaCode(PluginPackage content, CodeLoader server) {
        this.manifest = content.manifest();
        this.id = manifest.id();
        this.seams = server.seams();
        this.budget = new HookBudget(server.hookTime());
        this.classes = new PluginClassLoader(content, server.open());
        // First, for these may refuse.
        OwnSettings settings = server.parts().settings().open(manifest);
        this.bulkhead = seams.bulkheads().open(id, manifest.limits(), classes);
        this.calls = new PluginCalls(bulkhead, seams.bulkheads().patience());
        this.belongings = server.parts().handTo(manifest, calls, settings);
        this.given = given(belongings, classes);
    }

    static JavaCode load(PluginPackage content, CodeLoader server) {
        var code = new JavaCode(content, server);
        try {
            code.within(() -> code.refresh(content));
            return code;
        } catch (RuntimeException | LinkageError e) {
            code.close();
            throw e;
        }
    }

    private static GenericApplicationContext given(Belongings belongings, ClassLoader classes) {
        var given = new GenericApplicationContext();
        given.setEnvironment(new Settings());
        given.setClassLoader(classes);
        belongings.beans().forEach(given.getBeanFactory()::registerSingleton);
        given.refresh();
        return given;
    }

    private void refresh(PluginPackage content) {
        context.setClassLoader(classes);
        context.setEnvironment(new Settings());
        context.setParent(given);
        List<String> names = content.content(IMPORTS).map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines()
                .map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).toList())
                .orElse(List.of());
        for (String name : names) {
            try {
                context.register(classes.loadClass(name));
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(IMPORTS + " names " + name + ", which cannot be loaded", e);
            }
        }
        context.refresh();
    }

    @Override
    public void hook(Hook hook, Consumer<PlatformPlugin> step) {
        // A context that is dead has nobody to be told.
        List<PlatformPlugin> own = context.isActive() ? own(PlatformPlugin.class) : List.of();
        if (!own.isEmpty()) {
            budget.run(hook.method() + " of " + id, classes,
                    () -> own.stream().filter(plugin -> plugin.id().equals(id)).forEach(step));
        }
    }

    @Override
    public void join() {
        try {
            seams.bulkheads().show(bulkhead);
            interceptors = own(MutationInterceptor.class).stream()
                    .<MutationInterceptor>map(own -> new GuardedInterceptor(own, calls)).toList();
            seams.interceptors().join(id, interceptors);
            listeners = own(RecordListener.class).stream().<RecordListener>map(own -> new GuardedListener(own, calls))
                    .toList();
            seams.listeners().join(id, listeners);
            actions = own(ActionHandler.class).stream().<ActionHandler>map(own -> new GuardedAction(own, calls))
                    .toList();
            seams.actions().join(id, actions);
            HookSet brought = seams.hooks().prepare(bulkhead, seams.bulkheads(), own(RecordHook.class),
                    own(EventHook.class), own(StorageInterceptor.class), own(LifecycleHook.class));
            hooks = brought;
            seams.hooks().join(brought);
            if (!subscribed) {
                subscribed = true;
                own(EventSubscriber.class).forEach(belongings.subscriptions()::add);
                own(ProtocolAdapter.class).forEach(adapter -> protocols
                        .add(seams.protocols().speak(manifest, adapter, calls::serve, classes)));
                seams.health().get().ifPresent(this::watch);
            }
            seams.endpoints().get().ifPresent(this::mount);
        } catch (RuntimeException | LinkageError e) {
            leave();
            throw e;
        }
    }

    /** Whatever becomes of the context is seen too, as a probe of that name. */
    private void watch(Health health) {
        probes.add(health.watch(new OwnProbe(id, new ContextProbe("plugin." + id, context::isActive))));
        protocols.forEach(protocol -> probes.add(health.watch(new OwnProbe(id, protocol))));
        own(HealthProbe.class).forEach(probe -> probes.add(health.watch(new OwnProbe(id, probe))));
    }

    private void mount(EndpointRegistrar registrar) {
        Collection<Object> controllers = own(Object.class).stream()
                .filter(bean -> registrar.isController(bean.getClass())).toList();
        if (!controllers.isEmpty()) {
            endpoints = registrar.register(id, controllers, calls.requests());
        }
    }

    /** The plugin's own beans, and none of those that it was given. */
    private <T> List<T> own(Class<T> type) {
        return List.copyOf(context.getBeansOfType(type).values());
    }

    @Override
    public void unsubscribe() {
        subscribed = false;
        protocols.forEach(protocol -> quietly(protocol::close));
        protocols.clear();
        quietly(belongings.subscriptions()::closeAll);
        probes.forEach(probe -> quietly(probe::close));
        probes.clear();
    }

    @Override
    public void leave() {
        AutoCloseable mounted = endpoints;
        endpoints = null;
        if (mounted != null) {
            quietly(mounted::close);
        }
        seams.interceptors().leave(id, interceptors);
        seams.listeners().leave(id, listeners);
        seams.actions().leave(id, actions);
        HookSet brought = hooks;
        if (brought != null) {
            seams.hooks().leave(brought);
        }
        unsubscribe();
    }

    @Override
    public void close() {
        leave();
        seams.bulkheads().hide(bulkhead);
        bulkhead.close();
        quietly(() -> within(context::close));
        quietly(given::close);
        quietly(belongings::close);
        CachedIntrospectionResults.clearClassLoader(classes);
    }

    private void quietly(Step step) {
        try {
            step.run();
        } catch (Exception | LinkageError e) {
            LOG.warn("Plugin {} did not end as it should", id, e);
        }
    }

    /** The plugin's own code finds its own classes, whichever way it looks for them. */
    private void within(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether the plugin's beans still live. */
    private record ContextProbe(String name, BooleanSupplier alive) implements HealthProbe {

        @Override
        public HealthResult check() {
            return alive.getAsBoolean()
                    ? HealthResult.up("its application context is active")
                    : HealthResult.down("its application context is closed");
        }
    }

    /** Something that may go wrong. */
    private interface Step {

        void run() throws Exception;
    }

    /** No settings: those of the server hold its secrets. */
    private static final class Settings extends AbstractEnvironment {}
}
