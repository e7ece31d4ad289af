package dev.objectos.runtime.storage.file.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bucket that files are in, where they are in one ({@code objectos.files.s3}).
 *
 * @param bucket null: files are on disk
 * @param endpoint {@code https://host:port} of what speaks the language of S3; null: AWS
 * @param region of the bucket; most others than AWS do not mind
 * @param prefix what all keys begin with, such as {@code production/}, so that installations can share a bucket
 * @param pathStyle whether the bucket is said in the path and not in the host; null: where there is an endpoint
 * @param accessKey null: both are found where the SDK of AWS looks (environment, profile, role of the machine)
 */
@ConfigurationProperties("objectos.files.s3")
public record S3Properties(@Nullable String bucket, @Nullable URI endpoint, @DefaultValue("us-east-1") String region,
        @DefaultValue("") String prefix, @Nullable Boolean pathStyle, @Nullable String accessKey,
        @Nullable String secretKey) {

    public S3Properties {
        if (endpoint != null && (endpoint.getHost() == null
                || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme())))) {
            throw new IllegalArgumentException(
                    "objectos.files.s3.endpoint is written https://host or https://host:port");
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "objectos.files.s3.access-key and secret-key belong together; leave both "
                            + "out where the machine or the environment has them");
        }
        if (prefix.startsWith("/")) {
            throw new IllegalArgumentException("objectos.files.s3.prefix does not begin with a slash");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix += "/";
        }
    }

    boolean bucketInPath() {
        return pathStyle == null ? endpoint != null : pathStyle;
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "s3 bucket " + bucket + (prefix.isEmpty() ? "" : " under " + prefix) + " at "
                + (endpoint == null ? "AWS " + region : endpoint);
    }
}
