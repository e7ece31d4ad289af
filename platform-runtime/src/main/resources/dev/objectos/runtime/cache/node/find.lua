-- A shared value, or the right to share the one that is loaded next.
-- KEYS: 1 value, 2 generation of the cache, 3 generation of the tenant
-- ARGV: 1 a new token, 2 time to live (ms), 3 for how long a right lasts (ms), 4 shape of the values
-- Generations that are gone are begun anew by another name, so that nothing from before is found again.
local function generation(key)
  local known = redis.call('GET', key)
  if not known then
    known = ARGV[1]
    redis.call('SET', key, known)
  end
  redis.call('PEXPIRE', key, 2 * tonumber(ARGV[2]))
  return known
end

local now = generation(KEYS[2]) .. ' ' .. generation(KEYS[3]) .. ' ' .. ARGV[4]
local kept = redis.call('HMGET', KEYS[1], 'g', 'v', 't')
if kept[1] == now then
  if kept[2] then
    return {1, kept[2]}
  elseif kept[3] then
    return {0, kept[3]}
  end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'g', now, 't', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {0, ARGV[1]}
