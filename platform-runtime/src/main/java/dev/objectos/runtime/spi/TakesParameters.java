package dev.objectos.runtime.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameters of its address that an endpoint takes beside those that are arguments of its method; on a class, those that each of its
 * endpoints does. All others are refused before it is called, for nothing that is asked for is ignored.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesParameters {

    /** Their names. */
    String[] value() default {};

    /** Whether the names are those of fields, or others that only the endpoint knows, which refuses what it does not. */
    boolean any() default false;
}
