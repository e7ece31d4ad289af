package {{package}};

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The beans of the plugin; what the server gives is injected. */
@AutoConfiguration
public class {{Name}}AutoConfiguration {

    @Bean
    {{Name}}Plugin {{variable}}Plugin() {
        return new {{Name}}Plugin();
    }

    @Bean
    {{Name}}Rule {{variable}}Rule() {
        return new {{Name}}Rule();
    }
}
