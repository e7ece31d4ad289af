package dev.objectos.server.endpoint;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.CallGuard;
import dev.objectos.server.openapi.PathOperation;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/** The controllers of one plugin, with everything that finds and calls them. */
final class MountedControllers {

    private static final Logger LOG = LoggerFactory.getLogger(MountedControllers.class);
    private static final int PATIENCE_SECONDS = 30;

    private final Mapping mapping = new Mapping();
    /** The adapter looks for advice, and shall find none. */
    private final GenericApplicationContext empty = new GenericApplicationContext();
    private final RequestMappingHandlerAdapter adapter = new RequestMappingHandlerAdapter();
    /** Requests under way; being mounted counts as one of them. */
    private final AtomicInteger holders = new AtomicInteger(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final String prefix;
    private final CallGuard guard;

    MountedControllers(String prefix, Collection<Object> controllers, CallGuard guard) {
        this.prefix = prefix;
        this.guard = guard;
        mapping.setPathPrefixes(Map.of(prefix, _ -> true));
        mapping.afterPropertiesSet();
        controllers.forEach(mapping::add);
        // An own mapper: one that is shared would keep the plugin's classes.
        JsonMapper json = JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build();
        adapter.setMessageConverters(List.of(new ByteArrayHttpMessageConverter(), new StringHttpMessageConverter(),
                new JacksonJsonHttpMessageConverter(json)));
        adapter.setCustomArgumentResolvers(List.of(new SessionResolver()));
        empty.refresh();
        adapter.setApplicationContext(empty);
        adapter.afterPropertiesSet();
    }

    @Nullable
    HandlerExecutionChain find(HttpServletRequest request) throws Exception {
        return mapping.getHandler(request);
    }

    /** What a description says of them, which is no more than their signatures do. */
    List<PathOperation> described(String plugin) {
        return MountedOperations.of(plugin, mapping.getHandlerMethods());
    }

    void handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws ServletException, IOException {
        if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is nothing at this path");
        }
        RequestAttributes attributes = RequestContextHolder.currentRequestAttributes();
        try {
            guard.run(() -> {
                // What Spring's own code looks for in the thread that it runs in.
                RequestContextHolder.setRequestAttributes(attributes);
                try {
                    adapter.handle(request, response, handler);
                } finally {
                    RequestContextHolder.resetRequestAttributes();
                }
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            RequestContextHolder.setRequestAttributes(attributes);
            leave();
        }
    }

    private void leave() {
        if (holders.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    /** Takes no further request, and returns once those under way are answered, or after a while. */
    void close() {
        leave();
        awaitEnd();
        empty.close();
    }

    private void awaitEnd() {
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Requests to {} are still under way {} s after it was taken away", prefix, PATIENCE_SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds the methods of controllers that are handed to it, and of no others. */
    private static final class Mapping extends RequestMappingHandlerMapping {

        @Override
        protected void initHandlerMethods() {
            // There is no context to look into.
        }

        void add(Object controller) {
            Class<?> type = ClassUtils.getUserClass(controller);
            Map<Method, RequestMappingInfo> methods = MethodIntrospector.selectMethods(type,
                    (Method method) -> getMappingForMethod(method, type));
            methods.forEach((method, info) -> registerMapping(info, controller, method));
        }
    }
}
