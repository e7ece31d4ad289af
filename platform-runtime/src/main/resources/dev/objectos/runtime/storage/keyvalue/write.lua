-- Makes changes of one store, all or none.
-- KEYS: 1 usage, 2 revision, 3 expiry, 4 index of the namespace, 5 scratch, 6 namespaces, 7 parts, 8 due
-- ARGV: 1 now, 2 bytes allowed, 3 entries allowed, 4 namespace, 5 prefix of entries, 6 part, then of each change
--   'p' key precondition value type keyId expiresAt number | 'd' key precondition | 'i' key '-' by expiresAt
-- A precondition is '-', 'a' (absent) or 'r' with a revision. Moments are microseconds; '' stands for none.
-- Numbers are kept in decimals in n, for Lua has doubles alone; Redis adds them up exactly.
local now = tonumber(ARGV[1])
local at = 7
local function take()
  local value = ARGV[at]
  at = at + 1
  return value
end

local changes = {}
local bytes, entries = 0, 0

local function give_up(why)
  redis.call('DEL', KEYS[5])
  return {why, #changes}
end

while at <= #ARGV do
  local op, key, precondition = take(), take(), take()
  local entry = ARGV[5] .. key
  local stored = redis.call('HMGET', entry, 's', 'x', 'r', 'n')
  local size = tonumber(stored[1] or 0)
  local there = stored[1] and true or false
  local alive = there and (not stored[2] or tonumber(stored[2]) > now)
  local demand = string.sub(precondition, 1, 1)
  local change = {entry = entry, key = key, alive = alive, there = there, number = '0'}
  if op == 'p' then
    change.value, change.type, change.keyId, change.expires, change.counted = take(), take(), take(), take(), take()
  elseif op == 'i' then
    local by, expires = take(), take()
    if alive and not stored[4] then
      return give_up('uncountable')
    end
    redis.call('HSET', KEYS[5], #changes, alive and stored[4] or '0')
    local sum = redis.pcall('HINCRBY', KEYS[5], #changes, by)
    if type(sum) == 'table' and sum.err then
      return give_up('uncountable')
    end
    change.counted = redis.call('HGET', KEYS[5], #changes)
    change.number = change.counted
    change.type, change.keyId = 'application/vnd.objectos.number', ''
    change.expires = alive and (stored[2] or '') or expires
  end
  if (demand == 'a' and alive) or (demand == 'r' and not (alive and stored[3] == string.sub(precondition, 2))) then
    return give_up('refused')
  end
  if op ~= 'd' then
    change.size = #key + (change.counted ~= '' and 8 or #change.value)
    bytes = bytes + change.size
    entries = entries + 1
  end
  if there then
    bytes = bytes - size
    entries = entries - 1
  end
  changes[#changes + 1] = change
end
redis.call('DEL', KEYS[5])

local usage = redis.call('HMGET', KEYS[1], 'b', 'e')
if (bytes > 0 and tonumber(usage[1] or 0) + bytes > tonumber(ARGV[2]))
    or (entries > 0 and tonumber(usage[2] or 0) + entries > tonumber(ARGV[3])) then
  return {'over'}
end

-- Begins at the time, so that a revision does not come again after everything was erased or lost.
redis.call('SET', KEYS[2], ARGV[1], 'NX')
local done = {'done'}
for _, change in ipairs(changes) do
  local member = ARGV[4] .. '\n' .. change.key
  local revision = '0'
  redis.call('DEL', change.entry)
  if change.size then
    revision = string.format('%.0f', redis.call('INCR', KEYS[2]))
    redis.call('HSET', change.entry, 's', change.size, 'c', change.type, 'k', change.keyId, 'r', revision, 'u', ARGV[1])
    if change.counted ~= '' then
      redis.call('HSET', change.entry, 'n', change.counted)
    else
      redis.call('HSET', change.entry, 'v', change.value)
    end
    redis.call('ZADD', KEYS[4], 0, change.key)
    if change.expires ~= '' then
      redis.call('HSET', change.entry, 'x', change.expires)
      redis.call('ZADD', KEYS[3], change.expires, member)
      local first = redis.call('ZSCORE', KEYS[8], ARGV[6])
      if not first or tonumber(change.expires) < tonumber(first) then
        redis.call('ZADD', KEYS[8], change.expires, ARGV[6])
      end
    else
      redis.call('ZREM', KEYS[3], member)
    end
  elseif change.there then
    redis.call('ZREM', KEYS[4], change.key)
    redis.call('ZREM', KEYS[3], member)
  end
  done[#done + 1] = change.alive and 1 or 0
  done[#done + 1] = revision
  done[#done + 1] = change.number
end
redis.call('SADD', KEYS[6], ARGV[4])
redis.call('SADD', KEYS[7], ARGV[6])
redis.call('HINCRBY', KEYS[1], 'b', bytes)
redis.call('HINCRBY', KEYS[1], 'e', entries)
return done
