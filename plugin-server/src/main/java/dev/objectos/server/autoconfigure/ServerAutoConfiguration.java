package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.EditorSchemas;
import dev.objectos.runtime.spi.FileFindings;
import dev.objectos.runtime.spi.ItemRights;
import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.PathRights;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginSecretAdministration;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.ServerPlugin;
import dev.objectos.server.discovery.DiscoveryController;
import dev.objectos.server.discovery.MountedPaths;
import dev.objectos.server.endpoint.PluginEndpoints;
import dev.objectos.server.endpoint.SegmentIndexedMapping;
import dev.objectos.server.i18n.LanguageController;
import dev.objectos.server.i18n.SpokenLanguage;
import dev.objectos.server.metadata.MetadataController;
import dev.objectos.server.metadata.MetadataEditController;
import dev.objectos.server.openapi.MappedRoutes;
import dev.objectos.server.openapi.OpenApiController;
import dev.objectos.server.openapi.PathOperation;
import dev.objectos.server.plugin.PluginController;
import dev.objectos.server.plugin.PluginSecretController;
import dev.objectos.server.problem.ProblemController;
import dev.objectos.server.problem.ProblemResolver;
import dev.objectos.server.problem.ProblemValve;
import dev.objectos.server.problem.RequestFilter;
import dev.objectos.server.query.KnownParameters;
import dev.objectos.server.record.BatchController;
import dev.objectos.server.record.RecordController;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.PageController;
import dev.objectos.server.web.SessionResolver;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Adds the plugin {@value ServerPlugin#ID}: the HTTP surface over {@link Records} and {@link Catalogs}. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ServerProperties.class)
public final class ServerAutoConfiguration {

    private static final int WRITE_BUFFER = 16 * 1024;
    private static final String ADDED_ENDPOINTS = PluginEndpoints.PREFIX + "**";

    @Bean
    ServerPlugin objectOsServerPlugin() {
        return new ServerPlugin();
    }

    @Bean
    JsonBodies objectOsJsonBodies(ServerProperties properties) {
        return new JsonBodies(Math.toIntExact(properties.maxBodySize().toBytes()));
    }

    @Bean
    LiveSettings objectOsBodySize(JsonBodies bodies) {
        return new BodySize(bodies);
    }

    @Bean
    RecordController objectOsRecordController(Records records, Catalogs catalogs, JsonBodies bodies,
            ObjectRights rights) {
        return new RecordController(records, catalogs, bodies, rights);
    }

    @Bean
    BatchController objectOsBatchController(Records records, Catalogs catalogs, JsonBodies bodies,
            ObjectRights rights) {
        return new BatchController(records, catalogs, bodies, rights);
    }

    @Bean
    MetadataController objectOsMetadataController(Catalogs catalogs, EditorSchemas schemas, ObjectRights rights,
            ObjectProvider<ItemRights> items, ObjectProvider<MetadataEditing> editing,
            ObjectProvider<FileFindings> files) {
        return new MetadataController(catalogs, schemas, rights,
                SingletonSupplier.of(() -> items.getIfAvailable(() -> ItemRights.OPEN)), editing::getObject,
                () -> files.orderedStream().toList());
    }

    @Bean
    MetadataEditController objectOsMetadataEditController(ObjectProvider<MetadataEditing> editing, JsonBodies bodies,
            Catalogs catalogs, ObjectRights rights) {
        return new MetadataEditController(() -> editing.getIfAvailable(() -> {
            throw new PlatformException(RuntimeError.NOT_IMPLEMENTED, "Metadata is not edited in this server");
        }), bodies, catalogs, rights);
    }

    @Bean
    PluginController objectOsPluginController(Plugins plugins, ObjectProvider<PluginAdministration> administration,
            JsonBodies bodies) {
        return new PluginController(plugins, administration::getObject, bodies);
    }

    @Bean
    PluginSecretController objectOsPluginSecretController(ObjectProvider<PluginSecretAdministration> secrets,
            JsonBodies bodies) {
        return new PluginSecretController(secrets::getObject, bodies);
    }

    @Bean
    PluginEndpoints objectOsPluginEndpoints() {
        return new PluginEndpoints();
    }

    @Bean
    OpenApiController objectOsOpenApiController(Catalogs catalogs, ObjectRights rights,
            ObjectProvider<PathOperation.Source> coming, ObjectProvider<RequestMappingInfoHandlerMapping> mappings,
            ObjectProvider<PathRights> paths) {
        return new OpenApiController(catalogs, rights,
                (session, catalog) -> coming.orderedStream()
                        .flatMap(source -> source.callable(session, catalog).stream()).toList(),
                () -> new MappedRoutes(mappings.stream().toList()),
                paths.getIfAvailable(() -> PathRights.EVERYWHERE));
    }

    @Bean
    WebMvcRegistrations objectOsMapping() {
        return new WebMvcRegistrations() {

            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new SegmentIndexedMapping();
            }
        };
    }

    @Bean
    PageController objectOsPageController() {
        return new PageController();
    }

    @Bean
    WebMvcConfigurer objectOsPageAssets() {
        return new PageAssets();
    }

    @Bean
    DiscoveryController objectOsDiscoveryController(ObjectProvider<RequestMappingHandlerMapping> mappings,
            Catalogs catalogs, Plugins plugins) {
        return new DiscoveryController(SingletonSupplier.of(() -> MountedPaths.of(mappings.stream().toList())), plugins,
                catalogs, version());
    }

    @Bean
    LanguageController objectOsLanguageController(Catalogs catalogs, ObjectRights rights) {
        return new LanguageController(catalogs, rights);
    }

    /** Wherever a handler is found, even one that comes later. */
    @Bean
    MappedInterceptor objectOsSpokenLanguage(Catalogs catalogs) {
        return new MappedInterceptor(null, new SpokenLanguage(catalogs));
    }

    @Bean
    MappedInterceptor objectOsKnownParameters() {
        return new MappedInterceptor(new String[]{"/api/**", "/scim/**", "/.well-known/objectstack"},
                new String[]{ADDED_ENDPOINTS}, new KnownParameters(false));
    }

    /** Added plugins may look at what they are handed. */
    @Bean
    MappedInterceptor objectOsKnownParametersOfPlugins() {
        return new MappedInterceptor(new String[]{ADDED_ENDPOINTS}, new KnownParameters(true));
    }

    @Bean
    ProblemController objectOsProblemController() {
        return new ProblemController();
    }

    @Bean
    FilterRegistrationBean<RequestFilter> objectOsRequestFilter() {
        var registration = new FilterRegistrationBean<>(new RequestFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** First among Spring's own, so that whoever asks those (the security filters do) is answered alike. */
    @Bean
    WebMvcConfigurer objectOsProblems() {
        return new WebMvcConfigurer() {

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.addFirst(new ProblemResolver());
            }
        };
    }

    @Bean
    WebMvcConfigurer objectOsSessionArguments() {
        return new WebMvcConfigurer() {

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new SessionResolver());
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> objectOsProblemsOfTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /** An answer leaves in as many writes as it has parts of this size; every connection has such a part. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> objectOsWritesOfTomcat() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BUFFER)));
    }

    private static String version() {
        @Nullable
        String version = ObjectOs.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
