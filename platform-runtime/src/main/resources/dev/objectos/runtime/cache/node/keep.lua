-- Shares a value, where the right to do so was not taken back meanwhile.
-- KEYS: 1 value, 2 generation of the cache, 3 generation of the tenant
-- ARGV: 1 the right, 2 time to live (ms), 3 value, 4 shape of the values
local kept = redis.call('HMGET', KEYS[1], 'g', 't')
local cache, tenant = redis.call('GET', KEYS[2]), redis.call('GET', KEYS[3])
if kept[2] ~= ARGV[1] or not cache or not tenant or kept[1] ~= cache .. ' ' .. tenant .. ' ' .. ARGV[4] then
  return 0
end
redis.call('HDEL', KEYS[1], 't')
redis.call('HSET', KEYS[1], 'v', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
