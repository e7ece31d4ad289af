package com.acme.loyalty;

import dev.objectos.runtime.session.Session;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Vouchers for customers of the asker's tenant: {@code GET /api/x/acme-loyalty/vouchers/{customer}}. */
@RestController
public final class VouchersController {

    private final Vouchers vouchers;

    public VouchersController(Vouchers vouchers) {
        this.vouchers = vouchers;
    }

    @GetMapping("/vouchers/{customer}")
    public Map<String, String> voucher(@PathVariable("customer") String customer, Session session) {
        String holder = customer + "@" + session.tenant();
        return Map.of("holder", holder, "signature", vouchers.apply(holder));
    }
}
