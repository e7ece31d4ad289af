package dev.objectos.runtime.service.registry;

import dev.objectos.runtime.plugin.manifest.VersionRange;
import dev.objectos.runtime.service.ServiceGoneException;
import dev.objectos.runtime.service.ServiceReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One plugin's reference to a service; every call passes here, so that none reaches a service that has gone. */
final class Handle<T> implements ServiceReference<T>, InvocationHandler {

    private final Member user;
    private final VersionRange range;
    private final Consumer<Handle<T>> closing;
    private final T proxy;
    private volatile Offering<T> offering;
    private volatile boolean closed;

    /** @param range versions that will do, should the service be replaced */
    Handle(Offering<T> offering, Member user, VersionRange range, Consumer<Handle<T>> closing) {
        this.offering = offering;
        this.user = user;
        this.range = range;
        this.closing = closing;
        Class<T> type = offering.key().type();
        this.proxy = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, this));
    }

    Member user() {
        return user;
    }

    VersionRange range() {
        return range;
    }

    /** Leads to another offering from now on; calls under way run to their end where they began. */
    void follow(Offering<T> successor) {
        offering = successor;
    }

    Offering<T> offering() {
        return offering;
    }

    @Override
    public T service() {
        return proxy;
    }

    @Override
    public String owner() {
        return offering.owner().plugin();
    }

    @Override
    public String capability() {
        return offering.key().capability();
    }

    @Override
    public String version() {
        return offering.key().version().toString();
    }

    @Override
    public boolean isAlive() {
        return !closed && !offering.isCut();
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(self, method, arguments);
        }
        Offering<T> target = offering;
        if (target.isCut()) {
            // It may have been replaced since.
            target = offering;
        }
        if (closed || target.isCut()) {
            throw new ServiceGoneException(capability(), version(), owner(), closed);
        }
        try {
            return method.invoke(target.service(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** Answers even when the service has gone: whoever removes it from a list must be able to. */
    @SuppressWarnings("ReferenceEquality") // two references to one service are two
    private Object ofObject(Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "service " + offering.key() + " of " + owner();
        };
    }

    /** Without telling the registry, which calls this. */
    void markClosed() {
        closed = true;
    }

    @Override
    public void close() {
        closing.accept(this);
    }
}
