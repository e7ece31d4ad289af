package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.hook.HookSet;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.RecordListener;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
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
    private final CodeLoader server;
    private final PluginClassLoader classes;
    private final Bulkhead bulkhead;
    private final PluginCalls calls;
    private final OwnSubscriptions subscriptions;
    private final GenericApplicationContext given;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private @Nullable AutoCloseable endpoints;
    private List<MutationInterceptor> interceptors = List.of();
    private List<RecordListener> listeners = List.of();
    private @Nullable HookSet hooks;
    private boolean subscribed;

    private JavaCode(PluginPackage content, CodeLoader server) {
        this.id = content.manifest().id();
        this.server = server;
        this.classes = new PluginClassLoader(content, server.open());
        this.bulkhead = server.bulkheads().open(id, content.manifest().limits(), classes);
        this.calls = new PluginCalls(bulkhead, server.bulkheads().patience());
        this.subscriptions = new OwnSubscriptions(server.subscriptions(), calls);
        this.given = given(server, subscriptions, classes);
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

    private static GenericApplicationContext given(CodeLoader server, OwnSubscriptions subscriptions,
            ClassLoader classes) {
        var given = new GenericApplicationContext();
        given.setEnvironment(new Settings());
        given.setClassLoader(classes);
        var beans = given.getBeanFactory();
        beans.registerSingleton("records", server.records());
        beans.registerSingleton("currentCatalog", server.catalog());
        beans.registerSingleton("eventBus", server.bus());
        beans.registerSingleton("eventSubscriptions", subscriptions);
        beans.registerSingleton("clock", server.clock());
        beans.registerSingleton("meterRegistry", server.meters());
        beans.registerSingleton("plugins", server.plugins().get());
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
    public void hook(Consumer<PlatformPlugin> step) {
        within(() -> context.getBeansOfType(PlatformPlugin.class).values().stream()
                .filter(plugin -> plugin.id().equals(id)).forEach(step));
    }

    @Override
    public void join() {
        try {
            server.bulkheads().show(bulkhead);
            interceptors = own(MutationInterceptor.class).stream()
                    .<MutationInterceptor>map(own -> new GuardedInterceptor(own, calls)).toList();
            server.interceptors().join(id, interceptors);
            listeners = own(RecordListener.class).stream().<RecordListener>map(own -> new GuardedListener(own, calls))
                    .toList();
            server.listeners().join(id, listeners);
            HookSet brought = server.hooks().prepare(bulkhead, server.bulkheads(), own(RecordHook.class),
                    own(EventHook.class));
            hooks = brought;
            server.hooks().join(brought);
            if (!subscribed) {
                subscribed = true;
                own(EventSubscriber.class).forEach(subscriptions::add);
            }
            server.endpoints().get().ifPresent(this::mount);
        } catch (RuntimeException | LinkageError e) {
            leave();
            throw e;
        }
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
        quietly(subscriptions::closeAll);
    }

    @Override
    public void leave() {
        AutoCloseable mounted = endpoints;
        endpoints = null;
        if (mounted != null) {
            quietly(mounted::close);
        }
        server.interceptors().leave(id, interceptors);
        server.listeners().leave(id, listeners);
        HookSet brought = hooks;
        if (brought != null) {
            server.hooks().leave(brought);
        }
        unsubscribe();
    }

    @Override
    public void close() {
        leave();
        server.bulkheads().hide(bulkhead);
        bulkhead.close();
        quietly(() -> within(context::close));
        quietly(given::close);
        server.bus().forget(classes);
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

    /** Something that may go wrong. */
    private interface Step {

        void run() throws Exception;
    }

    /** No settings: those of the server hold its secrets. */
    private static final class Settings extends AbstractEnvironment {}
}
