-- One scenario of docs/benchmarks/rights: SCENARIO (update|get|list), OBJECT, VISITS (a file of ids), PEOPLE (a file of lines: token, id of a
-- deal, account), TOKEN.
local scenario = os.getenv("SCENARIO")
local object = os.getenv("OBJECT")

local function headers(token) return {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token} end
local function lines(name)
  local all = {}
  for line in io.lines(os.getenv(name)) do all[#all + 1] = line end
  return all
end

-- Ready-made requests, one for each person; all answers to both objects are alike.
local function asked_by_people(make)
  local requests = {}
  for _, line in ipairs(lines("PEOPLE")) do
    requests[#requests + 1] = make(line:match("(%S+) (%S+) (%S+)"))
  end
  return function() return requests[math.random(#requests)] end
end

local scenarios = {
  update = function()
    local visits, own = lines("VISITS"), headers(os.getenv("TOKEN"))
    return function()
      return wrk.format("PATCH", "/api/data/" .. object .. "/" .. visits[math.random(#visits)], own,
        string.format('{"phone":"+1 555 %d"}', math.random(1000000)))
    end
  end,
  get = function()
    return asked_by_people(function(token, deal)
      return wrk.format("GET", "/api/data/" .. object .. "/" .. deal, headers(token))
    end)
  end,
  list = function()
    return asked_by_people(function(token, _, account)
      return wrk.format("POST", "/api/data/" .. object .. "/query", headers(token),
        string.format('{"where":{"account":"%s"},"orderBy":"-amount","limit":50}', account))
    end)
  end,
}

local make
function init()
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
  make = scenarios[scenario]()
end
function request() return make() end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.0f %.2f %.2f %d %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status + errors.connect + errors.read + errors.write + errors.timeout, summary.requests))
end
