package dev.objectos.server.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the files that pages for people consist of out of their jars, whatever version of them that is. */
final class PageAssets implements WebMvcConfigurer {

    private static final List<Asset> ASSETS = List.of(new Asset("/docs/assets", "org.webjars", "swagger-ui", ""),
            new Asset("/graphiql/assets/react", "org.webjars.npm", "react", "umd/"),
            new Asset("/graphiql/assets/react-dom", "org.webjars.npm", "react-dom", "umd/"),
            new Asset("/graphiql/assets/graphiql", "org.webjars.npm", "graphiql", ""));

    /**
     * A library of a page.
     *
     * @param path where its files are served
     * @param folder of the files that are
     */
    private record Asset(String path, String group, String name, String folder) {

        String location() {
            return "classpath:/META-INF/resources/webjars/" + name + "/" + version() + "/" + folder;
        }

        private String version() {
            try {
                Properties pom = PropertiesLoaderUtils
                        .loadProperties(new ClassPathResource("META-INF/maven/" + group + "/" + name
                                + "/pom.properties", PageAssets.class.getClassLoader()));
                return pom.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (Asset asset : ASSETS) {
            registry.addResourceHandler(asset.path() + "/**").addResourceLocations(asset.location())
                    .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
        }
    }
}
