-- One scenario of one server under wrk: SCENARIO, TARGET (objectos|bare), IDS (a file of account ids), TOKEN.
local scenario = os.getenv("SCENARIO")
local target = os.getenv("TARGET")
local token = os.getenv("TOKEN") or ""
local ids = {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
local industries = {"technology", "finance", "healthcare", "manufacturing", "retail", "education"}

local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token}
local function post(path, body) return wrk.format("POST", path, headers, body) end
local function get(path) return wrk.format("GET", path, headers) end
local function id() return ids[math.random(#ids)] end

local scenarios = {
  get = {
    objectos = function() return get("/api/data/bench_accounts/" .. id()) end,
    bare = function() return get("/get/" .. id()) end,
  },
  list = {
    objectos = function()
      return post("/api/data/bench_contacts/query", string.format(
        '{"where":{"last_name":"Last %d"},"fields":["first_name","last_name","email"],"orderBy":"first_name","limit":50,' ..
        '"expand":{"account":{"fields":["name","industry"]}}}', math.random(2000) - 1))
    end,
    bare = function() return get("/list/Last%20" .. (math.random(2000) - 1)) end,
  },
  nested = {
    objectos = function()
      return post("/api/data/bench_accounts/query", string.format(
        '{"where":{"industry":"%s"},"fields":["name"],"orderBy":"id","limit":20,"expand":{' ..
        '"bench_contacts":{"fields":["first_name","last_name","email"],"orderBy":"id","limit":10},' ..
        '"bench_opportunities":{"fields":["name","stage","amount"],"orderBy":"id","limit":10}}}',
        industries[math.random(6)]))
    end,
    bare = function() return get("/nested/" .. industries[math.random(6)]) end,
  },
  graphql = {
    objectos = function()
      return post("/graphql", string.format(
        '{"query":"query($i: String!) { bench_accounts(where: {industry: {_eq: $i}}, order_by: {id: asc}, limit: 20) { ' ..
        'id name bench_contacts(order_by: {id: asc}, limit: 10) { id first_name last_name email } ' ..
        'bench_opportunities(order_by: {id: asc}, limit: 10) { id name stage amount } } }","variables":{"i":"%s"}}',
        industries[math.random(6)]))
    end,
    bare = function() return get("/nested/" .. industries[math.random(6)]) end,
  },
  sum = {
    objectos = function()
      return post("/api/data/bench_opportunities/query", string.format(
        '{"where":{"account":"%s"},"groupBy":["stage"],"aggregations":[{"function":"count","alias":"n"},' ..
        '{"function":"sum","field":"amount","alias":"total"}]}', id()))
    end,
    bare = function() return get("/sum/" .. id()) end,
  },
  create = {
    objectos = function()
      return post("/api/data/bench_contacts", string.format(
        '{"account":"%s","first_name":"New","last_name":"Person","email":"new@example.com"}', id()))
    end,
    bare = function()
      return post("/create", string.format(
        '{"account":"%s","first_name":"New","last_name":"Person","email":"new@example.com"}', id()))
    end,
  },
  update = {
    objectos = function()
      return wrk.format("PATCH", "/api/data/bench_accounts/" .. id(), headers,
        string.format('{"phone":"+1 555 %d"}', math.random(1000000)))
    end,
    bare = function()
      return wrk.format("PATCH", "/update/" .. id(), headers, string.format('{"phone":"+1 555 %d"}', math.random(1000000)))
    end,
  },
}

local make = scenarios[scenario][target]
function init() math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000) end
function request() return make() end

function done(summary, latency)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write +
    summary.errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, bad))
end
