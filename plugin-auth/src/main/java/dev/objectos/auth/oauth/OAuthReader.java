package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.Joining.SignUp;
import dev.objectos.auth.oauth.OAuthProvider.Claims;
import dev.objectos.auth.oauth.OAuthProvider.Client;
import dev.objectos.auth.oauth.OAuthProvider.ClientAuthentication;
import dev.objectos.auth.oauth.OAuthProvider.Endpoints;
import dev.objectos.auth.oauth.OAuthProvider.Kind;
import dev.objectos.auth.provider.JoiningReader;
import dev.objectos.auth.provider.Section;
import dev.objectos.auth.provider.SectionReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code oauth2} and {@code oidc}: providers by names of which some say all but the client. */
public final class OAuthReader implements SectionReader<OAuthSettings> {

    private static final URI GOOGLE = URI.create("https://accounts.google.com");
    private static final Endpoints NONE = new Endpoints(null, null, null, null, null);
    private static final Endpoints GITHUB = new Endpoints(URI.create("https://github.com/login/oauth/authorize"),
            URI.create("https://github.com/login/oauth/access_token"), URI.create("https://api.github.com/user"),
            URI.create("https://api.github.com/user/emails"), null);
    private static final Endpoints WECHAT = new Endpoints(URI.create("https://open.weixin.qq.com/connect/qrconnect"),
            URI.create("https://api.weixin.qq.com/sns/oauth2/access_token"),
            URI.create("https://api.weixin.qq.com/sns/userinfo"), null, null);

    @Override
    public Class<OAuthSettings> type() {
        return OAuthSettings.class;
    }

    @Override
    public OAuthSettings read(Section providers) {
        var read = new LinkedHashMap<String, OAuthProvider>();
        providers.section("oauth2").ifPresent(group -> group.sections().forEach(one -> add(one, false, read)));
        providers.section("oidc").ifPresent(group -> group.sections().forEach(one -> add(one, true, read)));
        return new OAuthSettings(read);
    }

    private static void add(Section section, boolean openId, Map<String, OAuthProvider> read) {
        if (section.switchedOff()) {
            return;
        }
        if (!section.name().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            section.refuse("", "'" + section.name() + "' cannot be the name of a provider",
                    "use letters, digits, - and _");
        }
        OAuthProvider provider = provider(section, openId);
        if (read.containsKey(section.name())) {
            section.refuse("", "there are two providers named '" + section.name() + "'", "give each its own name");
        }
        if (section.usable()) {
            read.put(section.name(), provider);
        }
    }

    private static OAuthProvider provider(Section section, boolean openId) {
        URI issuer = section.address("issuer").orElse(null);
        Kind kind = section.word("type", kind(section.name(), openId || issuer != null));
        if (kind == Kind.OIDC && issuer == null && section.name().equals("google")) {
            issuer = GOOGLE;
        }
        Endpoints endpoints = endpoints(section, kind);
        if (kind == Kind.OIDC && issuer == null && section.text("issuer").isEmpty()) {
            section.refuse("issuer", section.path() + " needs 'issuer'", "add issuer: https://…");
        } else if (kind == Kind.OAUTH2) {
            requireEndpoints(section, endpoints);
        }
        return new OAuthProvider(section.name(), kind, section.text("label", section.name()),
                client(section, kind), issuer, endpoints, scopes(section, kind),
                section.text("clientAuthentication").isEmpty()
                        ? null
                        : section.word("clientAuthentication", ClientAuthentication.BASIC),
                parameters(section), claims(section, kind), roles(section), section.flag("trustEmail", false),
                lower(section.list("domains")), Duration.ofSeconds(section.whole("timeoutSeconds", 5, 1, 60)),
                JoiningReader.read(section, SignUp.AS_TENANT));
    }

    private static Kind kind(String name, boolean openId) {
        if (openId || name.equals("google")) {
            return Kind.OIDC;
        }
        return switch (name) {
            case "github" -> Kind.GITHUB;
            case "wechat" -> Kind.WECHAT;
            default -> Kind.OAUTH2;
        };
    }

    private static Client client(Section section, Kind kind) {
        if (kind == Kind.WECHAT && section.text("appId").isPresent()) {
            return new Client(section.required("appId"), section.required("appSecret"));
        }
        boolean open = section.text("clientAuthentication", "").equalsIgnoreCase("none");
        return new Client(section.required("clientId"),
                open ? section.text("clientSecret", "") : section.required("clientSecret"));
    }

    private static Endpoints endpoints(Section section, Kind kind) {
        Endpoints usual = switch (kind) {
            case GITHUB -> GITHUB;
            case WECHAT -> WECHAT;
            case OIDC, OAUTH2 -> NONE;
        };
        return new Endpoints(address(section, "authorizationUrl", usual.authorization()),
                address(section, "tokenUrl", usual.token()), address(section, "userInfoUrl", usual.userInfo()),
                address(section, "emailsUrl", usual.emails()), address(section, "jwksUrl", usual.keys()));
    }

    private static @Nullable URI address(Section section, String key, @Nullable URI otherwise) {
        URI written = section.address(key).orElse(null);
        return written == null ? otherwise : written;
    }

    private static void requireEndpoints(Section section, Endpoints endpoints) {
        var needed = new LinkedHashMap<String, @Nullable URI>();
        needed.put("authorizationUrl", endpoints.authorization());
        needed.put("tokenUrl", endpoints.token());
        needed.put("userInfoUrl", endpoints.userInfo());
        needed.forEach((key, address) -> {
            if (address == null) {
                section.refuse(key, section.path() + " needs '" + key + "'",
                        "add it, or issuer: https://… where the provider speaks OpenID Connect");
            }
        });
    }

    private static List<String> scopes(Section section, Kind kind) {
        List<String> written = section.list("scopes");
        if (!written.isEmpty()) {
            return written;
        }
        return switch (kind) {
            case OIDC -> List.of("openid", "email", "profile");
            case GITHUB -> List.of("read:user", "user:email");
            case WECHAT -> List.of("snsapi_login");
            case OAUTH2 -> List.of();
        };
    }

    private static Map<String, String> parameters(Section section) {
        var parameters = new HashMap<String, String>();
        section.lists("parameters").forEach((name, values) -> parameters.put(name, String.join(" ", values)));
        return parameters;
    }

    private static Claims claims(Section section, Kind kind) {
        Section claims = section.section("claims").orElse(null);
        String subject = kind == Kind.OIDC ? "sub" : "id";
        return claims == null
                ? new Claims(subject, "email", "email_verified", "name", "groups")
                : new Claims(claims.text("subject", subject), claims.text("email", "email"),
                        claims.text("emailVerified", "email_verified"), claims.text("name", "name"),
                        claims.text("roles", "groups"));
    }

    private static Map<String, Set<String>> roles(Section section) {
        var roles = new HashMap<String, Set<String>>();
        section.rolesByGroup("roleMapping").forEach((group, names) -> roles.put(group, Set.copyOf(names)));
        return roles;
    }

    private static Set<String> lower(List<String> words) {
        return Set.copyOf(words.stream().map(word -> word.toLowerCase(Locale.ROOT)).distinct().toList());
    }
}
